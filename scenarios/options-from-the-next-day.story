# Under day-to-old an added option is billed from the next day on
#
# 10 April: billed from the 11th, 20 of 30 days: 2 - round(2 x 10/30 = 0.6667) = 1.33.
policy  day-to-old
plan    m 30.00 EUR monthly
option  memory 2.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-10 alice to m with memory 1
expect  charge 1.33; due 1.33
submit  2026-04-10
paid    2026-04-10
expect  with memory 1; covers memory 2026-04-11 2026-05-01 1.33
