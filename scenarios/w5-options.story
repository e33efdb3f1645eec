# W5: options by hand. At the present amount more memory and an added backup cost nothing, and give nothing back later
#
# 14.00 are paid for April. Recalculated, a full period costs 10.00 + 5.00 without the memory; of the 4.00 paid for it
# nothing comes back by hand. The customer's own change on 26 April, 5 of 30 days left, gives back what was paid for what
# goes: 4.00 - round(4.00 x 25/30 = 3.333) = 0.67 for the memory, 10.00 - 8.33 = 1.67 for the plan; m costs 5.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  memory 2.00 EUR monthly, up to 8
option  backups 5.00 EUR monthly, yes or no
given   2026-04-01 alice on s monthly with memory 2
expect  costs 14.00
assign  2026-04-11 with memory 4 and backups 1
expect  still s; with memory 4; with backups 1; costs 14.00; package s with memory 4 and backups 1 waits
expect  covers memory 2026-04-01 2026-05-01 4.00; covers backups 2026-04-11 2026-05-01 0.00; documents 1
package 2026-04-11 changed
expect  wanted s with memory 4 and backups 1 generation 2
quote   2026-04-16 alice to without backups
expect  downgrade; credit 0.00; charge 0.00; due 0.00; recurring 14.00
assign  2026-04-21 without memory recalculated
expect  with memory 0; with backups 1; costs 15.00; balance 0.00; covers memory 2026-04-01 2026-05-01 4.00
quote   2026-04-26 alice to m
expect  credit 2.34; charge 5.00; due 2.66
later   2026-05-01
expect  invoice open 15.00; covers backups 2026-05-01 2026-06-01 5.00 unpaid
