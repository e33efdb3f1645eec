# M17: a millisecond before midnight and midnight are exactly one day's difference apart
#
# 10 April: 21 days are left: 10 - 3.00 = 7.00; 30 - 9.00 = 21.00. 11 April: 20 days: 6.67 and 20.00.
# One day of the difference of 20.00 is 0.6667, and 14.00 - 13.33 = 0.67.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
given   2026-04-01 bob on s monthly
quote   2026-04-10T23:59:59.999 alice to m
expect  credit 7.00; charge 21.00; due 14.00
quote   2026-04-11T00:00:00 bob to m
expect  credit 6.67; charge 20.00; due 13.33
submit  2026-04-11T00:00:00
paid    2026-04-11T00:00:00
expect  on m; covers m 2026-04-11 2026-05-01 20.00
