# Yen have no decimals: 1000 - round(333.33) = 667 back, 2000 charged
plan    s 1000 JPY monthly
plan    m 3000 JPY monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 667; charge 2000; due 1333
submit  2026-04-11
paid    2026-04-11
expect  on m; covers s 2026-04-01 2026-04-11 333; covers m 2026-04-11 2026-05-01 2000
