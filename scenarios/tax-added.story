# Tax is added to the price; what is given back gives its tax back
#
# 10.00 + 1.90. On 11 April 6.67 comes back; 3.33 of 10.00 keeps 0.63 of the tax, so 1.27 comes back with it. 20.00 is
# charged with 3.80: tax 3.80 - 1.27 = 2.53, total 13.33 + 2.53 = 15.86. On 21 April 10.00 comes back with half of 3.80,
# and 3.33 is charged with 0.63: tax 0.63 - 1.90 = -1.27, total -6.67 - 1.27 = -7.94.
policy  vps
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  invoice paid 11.90; covers s 2026-04-01 2026-05-01 10.00 tax 1.90; booked tax 1.90; booked sales 10.00
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; net 13.33; tax 2.53; total 15.86; due 15.86; recurring 30.00
submit  2026-04-11
expect  invoice open 15.86; booked receivable 15.86; booked tax 4.43
paid    2026-04-11
expect  covers s 2026-04-01 2026-04-11 3.33 tax 0.63; covers m 2026-04-11 2026-05-01 20.00 tax 3.80
expect  booked sales 23.33; booked cash_bank 27.76; booked receivable 0.00
quote   2026-04-21 alice to s
expect  credit 10.00; charge 3.33; net -6.67; tax -1.27; total -7.94; to balance 7.94
submit  2026-04-21
expect  balance 7.94; credit note 7.94; booked tax 3.16; covers m 2026-04-11 2026-04-21 10.00 tax 1.90
later   2026-05-01
expect  invoice open 3.96; reserved 7.94
