# From arrears to advance, settled with the next invoice: that has the used part, the rest of the new, and the next period
#
# 16 April: 9.00 - 4.50 + 19.50 = 24.00 wait. 1 May: 24.00 + 39.00.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  net 15.00; due 0.00; waits after 24.00
submit  2026-04-16
expect  on m; documents 0; waits 24.00
later   2026-05-01
expect  invoice open 63.00; waits 0.00
