# An unpaid invoice of a trial stays open, as that of a first period does; the trial goes on and ends on its day
#
# 1.00 is owed. Going to m costs 3.00 - 1.00 = 2.00 all the same: the 1.00 was charged. Nobody pays those 2.00, so the change
# lapses on 7 April and m's 3.00 were never charged: asked again it is 2.00 again. On the 15th 10.00 are owed beside 1.00.
policy  vps
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly in trial 3.00, trial 14 days
given   2026-04-01 alice on s monthly unpaid
expect  invoice open 1.00; trial until 2026-04-15; documents 1
quote   2026-04-04 alice to m
expect  charge 2.00; debt 0.00; due 2.00
submit  2026-04-04
later   2026-04-08
expect  change lapsed; still s
quote   2026-04-09 alice to m
expect  charge 2.00
submit  2026-04-09
withdraw 2026-04-09
expect  change withdrawn; still s
quote   2026-04-10 alice to m
expect  charge 2.00
later   2026-04-15
expect  no trial; invoice open 10.00; period 2026-04-15 2026-05-15
paid    2026-04-16
expect  booked cash_bank 10.00
paid    2026-04-16 oldest
expect  no open invoice; booked cash_bank 11.00; booked sales 11.00
