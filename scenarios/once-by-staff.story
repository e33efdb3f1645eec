# What staff assign is set up for nothing, also later
policy  vps
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
given   2026-04-01 alice on s monthly
assign  2026-04-11 m
expect  on m; booked sales 25.00
quote   2026-04-16 alice to s
submit  2026-04-16
quote   2026-04-16 alice to m
expect  charge 15.00
