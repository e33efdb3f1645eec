# Francs in five centimes, halves away from nothing, each part rounded by itself
#
# 20 of 30 days of 19.90 are 13.2666, which is 13.25; of 49.90 they are 33.2666, which is 33.25.
policy  vps
terms   rounding_stage = { step = 5 }, remainder = "rounded", carry = "none"
plan    s 19.90 CHF monthly
plan    m 49.90 CHF monthly
plan    l 99.90 CHF monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 13.25; charge 33.25; due 20.00
submit  2026-04-11
paid    2026-04-11
# 29 days are used: a thirtieth of 49.90 is 1.6633, which is 1.65, and of 99.90 it is 3.33, which is 3.35.
quote   2026-04-30 alice to l
expect  credit 1.65; charge 3.35; due 1.70
