# From advance to arrears before the first invoice is paid: its rest is owed no more, and none of it goes to the balance
policy  vps
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly unpaid
quote   2026-04-16 alice to m
expect  credit 0.00; debt 4.50; charge 19.50; total 19.50; due 0.00; to balance 0.00; waits after 19.50
submit  2026-04-16
expect  on m; balance 0.00; waits 19.50; invoice open 4.50; credit note 4.50
later   2026-05-01
expect  invoice open 19.50; waits 39.00
