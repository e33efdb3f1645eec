# Nothing of the old is given back, all of the new is charged
policy  vps
terms   credit = "none", charge = "full"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 0.00; charge 30.00; due 30.00; next invoice 2026-05-01
submit  2026-04-11
paid    2026-04-11
expect  on m; covers s 2026-04-01 2026-04-11 10.00; covers m 2026-04-11 2026-05-01 30.00
