# Dinars have three decimals: 10.000 - round(3.3333) = 6.667 back, 20.000 charged
plan    s 10.000 KWD monthly
plan    m 30.000 KWD monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.667; charge 20.000; due 13.333
submit  2026-04-11
paid    2026-04-11
expect  on m; covers s 2026-04-01 2026-04-11 3.333
