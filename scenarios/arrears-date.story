# A change on a chosen day from arrears to advance: on the day the used part of the old and the rest of the new are due
policy  vps
terms   choose_date = true
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-16
expect  made on 2026-04-16; net 24.00; waits after 0.00
submit  2026-04-11
expect  still s; change scheduled; waits 9.00; documents 0
later   2026-04-16
expect  still s; invoice open 24.00; waits 9.00
paid    2026-04-16
expect  on m; waits 0.00; covers s 2026-04-01 2026-04-16 4.50
