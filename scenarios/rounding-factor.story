# Rounded at the fraction of the period: 20 of 30 days are 0.67
#
# 10.00 x 0.67 = 6.70 back, 30.00 x 0.67 = 20.10 charged.
policy  vps
terms   rounding_stage = { factor = 2 }, remainder = "rounded"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.70; charge 20.10; due 13.40
