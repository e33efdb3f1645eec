# Every change begins a new period
policy  vps
terms   anchor = "restart"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 30.00; due 23.33; next invoice 2026-05-11
submit  2026-04-11
paid    2026-04-11
expect  period 2026-04-11 2026-05-11; covers m 2026-04-11 2026-05-11 30.00
later   2026-05-11
expect  period 2026-05-11 2026-06-11; invoice open 30.00
