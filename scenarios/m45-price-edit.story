# M45: a new price list makes a quote stale: nothing is re-priced silently
#
# 36 x 20/30 = 24.00; 24.00 - 6.67 = 17.33. What was sold before keeps its price: the renewal of s is at 10.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T10:00 alice to m
expect  due 13.33
publish 2026-04-11T10:05 plan m 36.00 EUR monthly
publish 2026-04-11T10:06 plan s 12.00 EUR monthly
submit  2026-04-11T10:10
expect  refused quote-stale by catalogue; nothing; credit 6.67; charge 24.00; due 17.33
later   2026-05-01
expect  invoice open 10.00; costs 10.00
