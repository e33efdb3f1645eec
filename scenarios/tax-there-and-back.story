# I31: there and back at one cut is nothing, and nothing of the tax: what was given back comes back with the tax it had
#
# 12.50 a month bear 2.375 of tax, rounded 2.38. On 9 April 8 of 30 days are used: 3.33 stay, with 2.38 x 3.33/12.50 = 0.634,
# so 0.63; 9.17 go back with 1.75. 30.00 x 22/30 = 22.00 bear 4.18, and 22.00 + 4.18 - 9.17 - 1.75 = 15.26.
# By itself 9.17 would bear 1.7423, so 1.74. It went back with 1.75 from the same cut, and with 1.75 it is charged again.
# 10 April is another cut: 9 days of 12.50 are 3.75, 0.42 more than stayed, so 8.75 go back, with 1.75 - 1.75 x 0.42/9.17
# = 1.75 - 0.08 = 1.67. 30.00 x 21/30 = 21.00 bear 3.99: 21.00 + 3.99 - 8.75 - 1.67 = 14.57.
policy  vps
tax     19% VAT
plan    s 12.50 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  invoice paid 14.88; booked tax 2.38
quote   2026-04-09 alice to m
expect  credit 9.17; charge 22.00; tax 2.43; total 15.26; due 15.26
submit  2026-04-09
paid    2026-04-09
expect  on m; covers s 2026-04-01 2026-04-09 3.33 tax 0.63; booked tax 4.81
quote   2026-04-09T13:00 alice to s
expect  credit 22.00; charge 9.17; tax -2.43; total -15.26; to balance 15.26
submit  2026-04-09T13:00
expect  on s; covers s 2026-04-09 2026-05-01 9.17 tax 1.75; booked tax 2.38; balance 15.26
quote   2026-04-10 alice to m
expect  credit 8.75; charge 21.00; tax 2.32; total 14.57; from balance 14.57
submit  2026-04-10
expect  on m; covers s 2026-04-09 2026-04-10 0.42 tax 0.08; booked tax 4.70; balance 0.69
