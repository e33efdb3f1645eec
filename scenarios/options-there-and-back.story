# M4: an option dropped and taken again within a day is not billed twice for that day
#
# Given back from 12 April, 19 days: 4 - round(4 x 11/30 = 1.4667) = 2.53; and charged again from the same day on, because
# the 11th is paid at that very price.
policy  used-day
plan    m 30.00 EUR monthly
option  memory 2.00 EUR monthly
given   2026-04-01 alice on m monthly with memory 2
quote   2026-04-11T10:00 alice to m without memory
expect  credit 2.53; to balance 2.53; downgrade
submit  2026-04-11T10:00
expect  with memory 0; balance 2.53; wanted m generation 2
quote   2026-04-11T11:00 alice to m with memory 2
expect  charge 2.53; from balance 2.53; due 0.00; upgrade
submit  2026-04-11T11:00
expect  with memory 2; balance 0.00; costs 34.00; wanted m with memory 2 generation 3
expect  covers memory 2026-04-01 2026-04-12 1.47; covers memory 2026-04-12 2026-05-01 2.53
