# A downgrade that is settled with the next invoice: that is smaller, to nothing, and the rest goes to the balance
#
# 16 April, 15 of 30 days are left. 39.00 x 15/30 = 19.50 back, 9.00 x 15/30 = 4.50 charged: 15.00 to get. The invoice of
# May is 9.00 - 15.00: it asks for nothing, and 6.00 go to the balance. June: 9.00 less these 6.00.
policy  vps
terms   settle_credit = "next_invoice"
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-16 alice to s
expect  credit 19.50; charge 4.50; total -15.00; due 0.00; to balance 0.00; waits after -15.00; recurring 9.00
submit  2026-04-16
expect  on s; waits -15.00; documents 1; balance 0.00; covers m 2026-04-01 2026-04-16 19.50; covers s 2026-04-16 2026-05-01 4.50 unpaid
later   2026-05-01
expect  invoice paid 0.00; balance 6.00; covers s 2026-04-16 2026-05-01 4.50; covers s 2026-05-01 2026-06-01 9.00
later   2026-06-01
expect  invoice open 3.00; balance 0.00; reserved 6.00
