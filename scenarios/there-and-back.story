# I31: there and back within a day leaves what was, to the cent
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s
submit  2026-04-11
expect  balance 13.33
quote   2026-04-11T13:00 alice to m
expect  credit 6.67; charge 20.00; net 13.33; from balance 13.33; due 0.00; upgrade
submit  2026-04-11T13:00
expect  on m; balance 0.00; no open invoice; covers m 2026-04-01 2026-04-11 10.00; covers m 2026-04-11 2026-05-01 20.00
