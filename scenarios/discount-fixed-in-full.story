# A fixed discount may count in full on a part of a period
#
# 30.00 x 20/30 = 20.00, less all of 5.00: 15.00. In the same part it would be 25.00 x 20/30 = 16.67.
policy  vps
terms   discount_order = "prorate_then_discount", fixed_discount = "full"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly less 5.00
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 15.00; due 8.33; recurring 25.00
