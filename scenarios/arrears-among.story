# Two plans in arrears: the invoice at the period's end has the used part of the old and the rest of the new
#
# 16 April, 15 of 30 days: 9.00 x 15/30 = 4.50 back, 39.00 x 15/30 = 19.50 charged; 9.00 - 4.50 + 19.50 = 24.00 wait. 21
# April, 10 of 30 days: 39.00 x 10/30 = 13.00 back, 9.00 x 10/30 = 3.00 charged: 14.00. By the days: 15 of s 4.50, 5 of m
# 6.50, 10 of s 3.00. Nothing is ever due before, and nobody paid anything that could come back.
policy  vps
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  upgrade; credit 4.50; charge 19.50; net 15.00; total 15.00; due 0.00; waits after 24.00; next invoice 2026-05-01
submit  2026-04-16
expect  made at once; on m; documents 0; waits 24.00; covers s 2026-04-01 2026-04-16 4.50 unpaid; covers m 2026-04-16 2026-05-01 19.50 unpaid
quote   2026-04-21 alice to s
expect  downgrade; credit 13.00; debt 0.00; charge 3.00; to balance 0.00; waits after 14.00
submit  2026-04-21
expect  on s; documents 0; balance 0.00; waits 14.00
later   2026-05-01
expect  invoice open 14.00; waits 9.00; balance 0.00; covers m 2026-04-16 2026-04-21 6.50 unpaid
paid    2026-05-02
expect  no open invoice; waits 9.00; booked sales 14.00
