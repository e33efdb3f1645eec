# W3: backups are taken on and given up in the middle of a month
#
# 16 April, 15 of 30 days are left: 2.50.
# 21 April: 2.50 were billed for 15 days, 5 are used: 2.50 - round(0.8333) = 1.67 back.
policy  vps
restart 60
plan    m 30.00 EUR monthly
option  backups 5.00 EUR monthly, yes or no
given   2026-04-01 alice on m monthly
quote   2026-04-16 alice to m with backups 2
expect  refused too-much
quote   2026-04-16 alice to m with backups 1
expect  credit 0.00; charge 2.50; due 2.50; upgrade; restarts; recurring 35.00
submit  2026-04-16
paid    2026-04-16
expect  with backups 1; costs 35.00; wanted m with backups 1 generation 2; covers backups 2026-04-16 2026-05-01 2.50
quote   2026-04-21 alice to m without backups
expect  credit 1.67; charge 0.00; to balance 1.67; downgrade; recurring 30.00
submit  2026-04-21
expect  with backups 0; balance 1.67; costs 30.00; wanted m generation 3
