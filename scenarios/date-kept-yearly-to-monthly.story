# Where the date is kept, a year that becomes months goes on with the first month that ends on it
#
# 11 June: 71 of 365 days of the year are used, 300 x 0.194520548 = 58.3561..., so 58.36 stay and 241.64 go back.
# The months end on the 1st as the year does: 20 of the 30 days of June are left, 30 - 30 x 0.333333333 = 20.00.
policy  killbill-days
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-04-01 alice on m yearly
quote   2026-06-11 alice to m monthly
expect  credit 241.64; charge 20.00; to balance 221.64; downgrade; next invoice 2026-07-01; recurring 30.00
submit  2026-06-11
expect  monthly; period 2026-06-11 2026-07-01; balance 221.64; covers m 2026-06-11 2026-07-01 20.00
later   2026-07-01
expect  period 2026-07-01 2026-08-01; balance 191.64; covers m 2026-07-01 2026-08-01 30.00
