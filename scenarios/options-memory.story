# An option is added, made smaller and dropped, each time for the rest of the period
#
# 16 April, 4 units: 8.00 a month, 15 of 30 days are left: 4.00.
# 21 April, 1 unit: 4.00 were billed for 15 days, 5 are used: 4.00 - round(1.3333) = 2.67 back;
#   2.00 - round(2 x 20/30 = 1.3333) = 0.67 charged.
# 26 April, none: 0.67 were billed for 10 days, 5 are used: round(0.335) = 0.34 kept, 0.33 back.
restart 60
plan    m 30.00 EUR monthly
option  memory 2.00 EUR monthly, up to 8
given   2026-04-01 alice on m monthly
quote   2026-04-16 alice to m with memory 4
expect  credit 0.00; charge 4.00; due 4.00; upgrade; restarts; recurring 38.00
submit  2026-04-16
expect  with memory 0
paid    2026-04-16
expect  with memory 4; wanted m with memory 4 generation 2; costs 38.00; covers memory 2026-04-16 2026-05-01 4.00
expect  covers m 2026-04-01 2026-05-01 30.00
quote   2026-04-21 alice to m with memory 1
expect  credit 2.67; charge 0.67; to balance 2.00; downgrade
submit  2026-04-21
expect  with memory 1; balance 2.00; wanted m with memory 1 generation 3
quote   2026-04-26 alice to m without memory
expect  credit 0.33; charge 0.00; to balance 0.33; downgrade; recurring 30.00
submit  2026-04-26
expect  with memory 0; balance 2.33; wanted m generation 4; costs 30.00
later   2026-05-01
expect  invoice open 27.67; reserved 2.33; balance 0.00
