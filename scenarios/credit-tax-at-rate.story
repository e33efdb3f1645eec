# credit_tax: the tax that goes back is the rate on the amount given back; of all of a line, all of its tax
#
# 12.50 a month bears 2.375, rounded 2.38. 8 of 30 days are used: 3.33 stays, 9.17 goes back, and 19% of it is 1.7423.
# (As the line's tax less what stays with the rest it would be 2.38 - 0.63 = 1.75.) 30.00 x 22/30 = 22.00 bears 4.18;
# 22.00 + 4.18 - 9.17 - 1.74 = 15.27. Bob uses nothing: all of 12.50 and 2.38 goes back, and 30.00 bears 5.70.
policy  vps
terms   credit_tax = "at_rate"
tax     19% VAT
plan    s 12.50 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  invoice paid 14.88
quote   2026-04-09 alice to m
expect  credit 9.17; charge 22.00; tax 2.44; total 15.27; due 15.27
submit  2026-04-09
paid    2026-04-09
expect  on m; covers s 2026-04-01 2026-04-09 3.33 tax 0.64; booked tax 4.82
given   2026-04-10 bob on s monthly
quote   2026-04-10 bob to m
expect  credit 12.50; charge 30.00; tax 3.32; total 20.82
