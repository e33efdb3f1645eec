# M45: a balance that changed makes a quote stale, because another amount would be due
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T10:00 alice to m
expect  from balance 0.00; due 13.33
grant   2026-04-11T10:01 5.00
expect  balance 5.00; receipt 5.00
submit  2026-04-11T10:02
expect  refused quote-stale by account; nothing; from balance 5.00; due 8.33
submit  2026-04-11T10:03
expect  invoice open 8.33; balance 0.00; reserved 5.00
paid    2026-04-11T10:04
expect  on m; balance 0.00; reserved 0.00
