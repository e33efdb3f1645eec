# On a plan in arrears what is charged once is billed with the period it is of, when that is over
policy  vps
plan    s 10.00 EUR monthly setup 15.00, billed in arrears
plan    m 30.00 EUR monthly setup 20.00, billed in arrears
given   2026-04-01 alice on s monthly
expect  documents 0; waits 25.00; booked sales 0.00
quote   2026-04-16 alice to m
expect  net 30.00; due 0.00; waits after 55.00
submit  2026-04-16
expect  made at once; on m; waits 55.00
later   2026-05-01
expect  invoice open 55.00; waits 30.00; booked sales 55.00
later   2026-06-01
expect  invoice open 30.00
