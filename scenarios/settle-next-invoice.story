# An upgrade that is settled with the next invoice: nothing is due now, and the next invoice is larger
#
# 16 April, 15 of 30 days are left. 9.00 x 15/30 = 4.50 back, 39.00 x 15/30 = 19.50 charged: 15.00 wait. The invoice of
# May is 39.00 + 15.00 = 54.00. Held against the days: 15 of s, 15 of m, and May: 4.50 + 19.50 + 39.00 = 9.00 + 54.00.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  credit 4.50; charge 19.50; net 15.00; total 15.00; due 0.00; to balance 0.00; waits after 15.00; next invoice 2026-05-01
submit  2026-04-16
expect  made at once; on m; waits 15.00; wanted m generation 2; documents 1; no open invoice; booked sales 9.00
expect  covers s 2026-04-01 2026-04-16 4.50; covers m 2026-04-16 2026-05-01 19.50 unpaid
later   2026-05-01
expect  invoice open 54.00; waits 0.00; invoices 2; booked sales 63.00; covers m 2026-04-16 2026-05-01 19.50 unpaid
paid    2026-05-02
expect  covers m 2026-04-16 2026-05-01 19.50; covers m 2026-05-01 2026-06-01 39.00; balance 0.00
