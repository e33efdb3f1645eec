# A change in a trial costs nothing and leaves its end; the new plan is charged in full when it is over
#
# From the 15th L costs 60.00 with two units of disk for 2.00. A change in the first month counts as ever: on the 25th 20 of
# 30 days are left, 62.00 x 20/30 = 41.33 (40.00 + 1.33) back and 10.00 x 20/30 = 6.67 to charge.
policy  vps
plan    s 10.00 EUR monthly, trial 14 days
plan    l 60.00 EUR monthly, trial 30 days
option  disk 1.00 EUR monthly, up to 10
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to l with disk 2
expect  upgrade; made now; credit 0.00; charge 0.00; total 0.00; due 0.00; recurring 62.00; next invoice 2026-04-15
submit  2026-04-05
expect  made at once; on l; trial until 2026-04-15; period 2026-04-01 2026-04-15; costs 62.00; documents 0
expect  covers s 2026-04-01 2026-04-05 0.00; covers l 2026-04-05 2026-04-15 0.00; covers disk 2026-04-05 2026-04-15 0.00
expect  mail plan_changed; wanted l with disk 2 generation 2
later   2026-04-15
expect  no trial; invoice open 62.00; period 2026-04-15 2026-05-15
paid    2026-04-15
quote   2026-04-25 alice to s without disk
expect  downgrade; credit 41.33; charge 6.67; to balance 34.66
