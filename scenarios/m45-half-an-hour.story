# M45: a quote can be submitted for 30 minutes
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T10:00 alice to m
submit  2026-04-11T10:30
expect  refused quote-expired; nothing; due 13.33
submit  2026-04-11T10:59
expect  invoice open 13.33
