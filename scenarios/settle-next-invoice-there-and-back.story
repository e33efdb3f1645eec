# There and back before the next invoice: nothing is left to settle
#
# 16 April: 4.50 back, 19.50 charged, 15.00 wait. The same noon back: the 19.50 were not invoiced yet, so nothing of them
# goes to the balance; 4.50 are charged again. All four lines are nothing together and stand on an invoice of nothing.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
submit  2026-04-16
quote   2026-04-16 alice to s
expect  credit 19.50; debt 0.00; charge 4.50; net 0.00; total 0.00; due 0.00; to balance 0.00; waits after 0.00
submit  2026-04-16
expect  on s; invoice paid 0.00; balance 0.00; covers s 2026-04-16 2026-05-01 4.50; booked sales 9.00
later   2026-05-01
expect  invoice open 9.00; invoices 3
