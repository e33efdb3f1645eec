# M45: a quote does not outlive its day: refused with both versions, and the fresh one can be submitted
#
# 12 April: 19 days are left: 10 - round(10 x 11/30 = 3.6667) = 6.33; 30 - 11 = 19.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T23:50 alice to m
expect  due 13.33
submit  2026-04-12T00:05
expect  refused quote-stale by new_day; nothing; credit 6.33; charge 19.00; due 12.67
submit  2026-04-12T00:06
expect  invoice open 12.67
