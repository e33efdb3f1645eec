# What is charged once waits with the change that it is charged with
#
# 16 April: 5.00 back, 15.00 for the rest of m and 20.00 once, all on the invoice of 1 May, beside the 30.00 of that month.
policy  vps
terms   gate = "none", settle_charge = "next_invoice", settle_credit = "next_invoice"
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  net 30.00; due 0.00; waits after 30.00
submit  2026-04-16
expect  made at once; on m; waits 30.00; documents 1; booked sales 25.00
# Back on the same day: the rest of m comes off, the 20.00 stays.
quote   2026-04-16 alice to s
expect  credit 15.00; charge 5.00; net -10.00; waits after 20.00
submit  2026-04-16
expect  on s; waits 20.00
later   2026-05-01
expect  invoice open 30.00; waits 0.00
