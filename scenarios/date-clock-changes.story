# A chosen day begins with its first instant, also where midnight is skipped
#
# Cairo has no 00:00 on 24 April 2026: the day begins at 01:00. 7 of 30 days are left: 10.00 × 7/30 = 2.33 back, 30.00 × 7/30
# = 7.00 charged.
zone    Africa/Cairo
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-24
expect  credit 2.33; charge 7.00; due 4.67
submit  2026-04-11
later   2026-04-23T23:59
expect  nothing
later   2026-04-24T01:00
expect  change open; invoice open 4.67
paid    2026-04-24T02:00
expect  on m; covers s 2026-04-01 2026-04-24 7.67; covers m 2026-04-24 2026-05-01 7.00
