# T5: another cycle of the same plan is paid anew and gives its credits anew; what was used stays used
#
# 4 of 10 hours are used. The year gives 10 to the 6 that are left. Back by the month, the month's 10 less the 4 are left.
# 6.00 of the first 10.00 come back, for 6 of 10 hours are left.
policy  team
plan    s 10.00 EUR monthly, 100.00 EUR yearly, gives 10 hours
option  memory 2.00 EUR monthly, 20.00 EUR yearly
given   2026-04-01 alice on s monthly
uses    2026-04-05 4
quote   2026-04-11 alice to s yearly now
expect  upgrade; credit 6.00; charge 100.00; due 94.00; credits after 16
submit  2026-04-11
expect  credits 6
paid    2026-04-11
expect  yearly; credits 16; period 2026-04-11 2027-04-11
quote   2026-04-11 alice to s monthly now
expect  downgrade; credits after 6
quote   2026-04-11 alice to s yearly with memory 1 now
expect  credits after 16
