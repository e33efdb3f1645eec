# W3: disk and addresses grow together with the plan; what is not touched stays as it was paid
#
# 11 April, 20 of 30 days are left. Plan: 10.00 - 3.33 = 6.67 back, 20.00 charged. Disk from 2 to 5 units of 1.50:
# 3.00 - 1.00 = 2.00 back, 7.50 - 2.50 = 5.00 charged. The address stays.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  disk 1.50 EUR monthly, up to 10
option  ipv4 3.00 EUR monthly, up to 4
given   2026-04-01 alice on s monthly with disk 2 and ipv4 1
expect  costs 16.00
quote   2026-04-11 alice to m with disk 5
expect  credit 8.67; charge 25.00; due 16.33; upgrade; recurring 40.50
submit  2026-04-11
paid    2026-04-11
expect  on m; with disk 5; with ipv4 1; costs 40.50; covers ipv4 2026-04-01 2026-05-01 3.00
expect  covers disk 2026-04-01 2026-04-11 1.00; covers disk 2026-04-11 2026-05-01 5.00
