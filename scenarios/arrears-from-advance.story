# From advance to arrears: the rest of the old goes to the balance, and the new waits for the end of the period
#
# 16 April, 15 of 30 days: 4.50 of the 9.00 that were paid come back, and the 19.50 of m wait. 1 May: 19.50, of which the
# balance pays 4.50. A change that costs nothing now is made at once, though changes are to be paid first.
policy  vps
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  upgrade; credit 4.50; charge 19.50; net -4.50; total -4.50; due 0.00; to balance 4.50; waits after 19.50
submit  2026-04-16
expect  made at once; on m; credit note 4.50; balance 4.50; waits 19.50; documents 2; mail plan_changed
expect  covers s 2026-04-01 2026-04-16 4.50; covers m 2026-04-16 2026-05-01 19.50 unpaid; booked sales 4.50
later   2026-05-01
expect  invoice open 15.00; reserved 4.50; balance 0.00; waits 39.00; booked sales 24.00
