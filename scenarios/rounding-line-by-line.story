# Where nothing is carried every line is rounded for itself, and after three changes a cent is too much
#
# The changes of rounding-carried.story. Of the third, 10 - round(10 x 5/30 = 1.6667) = 8.33 are given back: three days of s,
# exactly 1.00, are billed 0.67 + 0.34 = 1.01. A system that rounds so is followed to the cent.
policy  vps
terms   carry = "none"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to m
expect  credit 9.33; charge 28.00; due 18.67
submit  2026-04-03
paid    2026-04-03
quote   2026-04-05 alice to s
expect  credit 26.00; charge 8.67; to balance 17.33
submit  2026-04-05
quote   2026-04-06 alice to m
expect  credit 8.33; charge 25.00; from balance 16.67; due 0.00
submit  2026-04-06
expect  on m; balance 0.66; covers s 2026-04-01 2026-04-03 0.67; covers s 2026-04-05 2026-04-06 0.34
