# A transfer that is too small pays nothing and is balance; one that is too large pays, and the rest is balance
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-12 13.32
expect  balance 13.32; receipt 13.32; invoice open 13.33; still s
paid    2026-04-13 20.00
expect  on m; invoice paid 13.33; balance 19.99; receipt 6.67
paid    2026-04-14 1.00 balance
expect  balance 20.99; receipts 3
