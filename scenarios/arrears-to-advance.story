# From arrears to advance: the used part of the old and the rest of the new are due with the change
#
# 16 April, 15 of 30 days: the 9.00 that wait, less 4.50, are 4.50 of s; 19.50 of m: 24.00 to pay first. Withdrawn, the 9.00
# wait on. Paid, nothing waits, and May is billed when it begins.
policy  vps
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  credit 4.50; charge 19.50; net 24.00; due 24.00; waits after 0.00
submit  2026-04-16
expect  still s; invoice open 24.00; waits 9.00; change open
withdraw 2026-04-16
expect  still s; invoice void 24.00; credit note 24.00; waits 9.00; balance 0.00; booked sales 0.00
quote   2026-04-16 alice to m
submit  2026-04-16
paid    2026-04-17
expect  on m; waits 0.00; covers s 2026-04-01 2026-04-16 4.50; covers m 2026-04-16 2026-05-01 19.50; balance 0.00
later   2026-05-01
expect  invoice open 39.00; waits 0.00; booked sales 63.00
