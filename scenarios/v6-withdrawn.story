# An unpaid change can be withdrawn and replaced
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to l
expect  credit 6.67; charge 40.00; due 33.33
submit  2026-04-11
quote   2026-04-11 alice to m
expect  refused change-open
withdraw 2026-04-11T12:10
expect  change withdrawn; invoice void 33.33; mail change_withdrawn; still s
again   2026-04-11T12:11
expect  nothing
quote   2026-04-11T12:15 alice to m
expect  due 13.33
submit  2026-04-11T12:15
paid    2026-04-11T12:20
expect  on m; invoices 3; credit notes 1
