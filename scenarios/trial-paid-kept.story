# A change that keeps the trial costs what the new plan's trial costs more than the dearest so far, and gives nothing back
#
# s 1.00, m 3.00, l 5.50. Up to m: 3.00 - 1.00 = 2.00, and the trial ends on the 15th as before. Down to s: nothing, nothing
# back. Up to m again: its 3.00 were charged. Up to l: 5.50 - 3.00 = 2.50. To x, which has no trial: nothing. In all 5.50.
policy  vps
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly in trial 3.00, trial 30 days
plan    l 60.00 EUR monthly in trial 5.50, trial 14 days
plan    x 90.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-04 alice to m
expect  upgrade; credit 0.00; charge 2.00; net 2.00; due 2.00; recurring 30.00; next invoice 2026-04-15
submit  2026-04-04
expect  still s; invoice open 2.00
paid    2026-04-05
expect  on m; trial until 2026-04-15; period 2026-04-01 2026-04-15; documents 2; booked sales 3.00
expect  covers s 2026-04-01 2026-04-04 0.00; covers m 2026-04-04 2026-04-15 0.00
quote   2026-04-06 alice to s
expect  downgrade; credit 0.00; charge 0.00; net 0.00; to balance 0.00
submit  2026-04-06
expect  made at once; on s; balance 0.00; documents 2
quote   2026-04-07 alice to m
expect  charge 0.00; due 0.00
submit  2026-04-07
expect  made at once; on m; documents 2
quote   2026-04-08 alice to l
expect  charge 2.50; due 2.50
submit  2026-04-08
paid    2026-04-08
quote   2026-04-09 alice to x
expect  charge 0.00; due 0.00; recurring 90.00
submit  2026-04-09
expect  on x; trial until 2026-04-15; booked sales 5.50
later   2026-04-15
expect  no trial; invoice open 90.00; period 2026-04-15 2026-05-15
