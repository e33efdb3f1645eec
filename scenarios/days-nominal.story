# Nominal days: the 16 days that are left of May are counted as 16 of 30
#
# 10.00 x 16/30 = 5.33 back, 30.00 x 16/30 = 16.00 charged.
policy  vps
terms   denominator = "nominal", remainder = "rounded"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-05-01 alice on s monthly
quote   2026-05-16 alice to m
expect  credit 5.33; charge 16.00; due 10.67
