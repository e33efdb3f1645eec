# Of units that are added only those are charged once that were never had
#
# Three disks of 2.00 a month, 5.00 once each: 15.00 with the start. Two more on 16 April: 10.00 once. Down to one gives
# nothing of it back, and up to six on the same day charges the sixth alone.
policy  vps
plan    s 10.00 EUR monthly
option  disk 2.00 EUR monthly setup 5.00
given   2026-04-01 alice on s monthly with disk 3
expect  invoice paid 31.00
quote   2026-04-16 alice to s with disk 5
expect  credit 3.00; charge 15.00; net 12.00
submit  2026-04-16
paid    2026-04-16
quote   2026-04-16 alice to s with disk 1
expect  credit 5.00; charge 1.00; net -4.00; to balance 4.00
submit  2026-04-16
quote   2026-04-16 alice to s with disk 6
expect  credit 1.00; charge 11.00; net 10.00; from balance 4.00; due 6.00
submit  2026-04-16
paid    2026-04-16
later   2026-05-01
expect  invoice open 22.00
