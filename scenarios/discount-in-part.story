# A fixed discount counts for its part of a period: 25.00 x 20/30 = 16.67
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly less 5.00
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 16.67; due 10.00; recurring 25.00
submit  2026-04-11
paid    2026-04-11
later   2026-05-01
expect  invoice open 25.00
