# I21: an amount that nobody asked for never settles an invoice: it is balance
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card pays
gateway 2026-04-11T12:01 captured 13.00
expect  balance 13.00; invoice open 13.33; still s; change open; receipt 13.00
