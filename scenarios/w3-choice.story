# W3: a choice of memory is made larger, then smaller, in the middle of a month
#
# 16 April, 15 of 30 days are left: 2.00 of the 4.00 for 8 GB come back, half of 8.00 is charged for 16 GB.
# 21 April: 4.00 were billed for 15 days, 5 are used: 4.00 - round(1.3333) = 2.67 back;
#   4.00 - round(4 x 20/30 = 2.6667) = 1.33 charged.
policy  vps
plan    m 30.00 EUR monthly
option  ram8 4.00 EUR monthly, one of ram
option  ram16 8.00 EUR monthly, one of ram
given   2026-04-01 alice on m monthly with ram8 1
expect  costs 34.00
quote   2026-04-16 alice to m with ram16 1
expect  refused two-of-group
quote   2026-04-16 alice to m with ram16 2 without ram8
expect  refused too-much
quote   2026-04-16 alice to m with ram16 1 without ram8
expect  credit 2.00; charge 4.00; due 2.00; upgrade; recurring 38.00
submit  2026-04-16
paid    2026-04-16
expect  with ram16 1; with ram8 0; costs 38.00; wanted m with ram16 1 generation 2
expect  covers ram8 2026-04-01 2026-04-16 2.00; covers ram16 2026-04-16 2026-05-01 4.00
expect  covers m 2026-04-01 2026-05-01 30.00
quote   2026-04-21 alice to m with ram8 1 without ram16
expect  credit 2.67; charge 1.33; to balance 1.34; downgrade; recurring 34.00
submit  2026-04-21
expect  with ram8 1; with ram16 0; balance 1.34; wanted m with ram8 1 generation 3
