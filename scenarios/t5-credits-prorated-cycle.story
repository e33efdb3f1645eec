# T5: a year that begins with the change of the cycle gives its plan's credits, as any period; so the month after it
#
# 10 of 30 days gave 3 1/3 of 10 hours and 4 are used: 10 − 2/3 is 9 1/3. They are used up in its first day, which gives
# 10/365: of 13 hours 9.64 are too many, and of the 40 of the month on m 30.36 are left.
policy  vps
terms   credits = "prorate", anchor = "restart_on_cycle_change", gate = "none"
plan    s 10.00 EUR monthly, 100.00 EUR yearly, gives 10 hours
plan    m 30.00 EUR monthly, 300.00 EUR yearly, gives 40 hours
given   2026-04-01 alice on s monthly
uses    2026-04-05 4
quote   2026-04-11 alice to s yearly
expect  charge 100.00; credits after 9
submit  2026-04-11
expect  yearly; credits 9; period 2026-04-11 2027-04-11
uses    2026-04-12 9
quote   2026-04-12 alice to m monthly
expect  credits after 30
