# What was charged once with a change that is not made is taken off with its invoice, and charged when it is made after all
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly setup 20.00
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  net 30.00
submit  2026-04-16
withdraw 2026-04-16
expect  on s; booked sales 10.00
quote   2026-04-16 alice to m
expect  net 30.00
