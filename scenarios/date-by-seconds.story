# Where seconds are counted, a chosen day is counted from its first instant; one of 23 hours is in the rest
#
# From 29 March to 1 April are 23 + 24 + 24 = 71 of the 743 hours of March in Berlin: 10.00 × 71/743 = 0.96 back, 30.00 ×
# 71/743 = 2.87 charged.
zone    Europe/Berlin
policy  stripe-seconds
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-03-01 alice on s monthly
quote   2026-03-11 alice to m on 2026-03-29
expect  credit 0.96; charge 2.87; due 1.91
submit  2026-03-11
later   2026-03-29T00:00
paid    2026-03-29T08:00
expect  on m; covers s 2026-03-01 2026-03-29 9.04; covers m 2026-03-29 2026-04-01 2.87
