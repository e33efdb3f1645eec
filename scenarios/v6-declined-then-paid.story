# V6: a declined card changes nothing; another card pays the same invoice
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card declines
gateway 2026-04-11T12:01 declined
expect  mail payment_failed; invoice open 13.33; still s; wanted s generation 1; change open; balance 0.00
again   2026-04-11T12:02
expect  nothing
pay     2026-04-11T12:05 by card pays
expect  payment sent; still s
again   2026-04-11T12:05
expect  nothing
gateway 2026-04-11T12:06 captured
expect  on m; invoice paid 13.33; no open invoice; invoices 2
