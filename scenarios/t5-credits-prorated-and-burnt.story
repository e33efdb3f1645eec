# T5: where used credits are not given back in money, they are not taken back either: who pays for them has them
#
# Bob has used 40 of 40 hours by the 18th: 0.00 of 10.00 come back for the last 12 of 30 days, and 16 hours are not taken
# back: 40 + 55 × 12/30 = 62, of which 22 are left. He uses 7 of them and goes back on the next day: 12.00 were billed for
# 22 hours and 15 are left, of which 11/30 of 55 are 20 1/6, more than there are: 15 of 22 come back, 8.18. And 15 are taken
# back: 62 − 15 + 40 × 11/30 = 61 2/3, and 14 are left. Alice has used 9 of 40: there are 31, of which 16 come back by time.
policy  vps
terms   credits = "prorate", credit_by = "time_or_credits", gate = "none"
plan    s 10.00 EUR monthly, gives 40 hours
plan    m 30.00 EUR monthly, gives 55 hours
given   2026-04-01 alice on s monthly
given   2026-04-01 bob on s monthly
uses    2026-04-18 40
quote   2026-04-19 bob to m
expect  credit 0.00; charge 12.00; credits after 22
submit  2026-04-19
expect  on m; credits 22
uses    2026-04-19 7
quote   2026-04-20 bob to s
expect  debt 8.18; charge 3.67; credits after 14
submit  2026-04-20
expect  on s; credits 14
quote   2026-04-20 alice to m
expect  credit 3.67; charge 11.00; credits after 45
