# A change that ends a trial is charged its full month, and of the trial's price nothing is given back
#
# Alice paid 1.00, and 60.00 of l from 5 April. On the 20th 15 of 30 days of l are left: 30.00 back, and 5.00 for those of s,
# which has no trial any more: 25.00 to the balance.
policy  vps
terms   trial = "end"
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    l 60.00 EUR monthly in trial 9.00, trial 14 days
given   2026-04-01 alice on s monthly
expect  invoice paid 1.00
quote   2026-04-05 alice to l
expect  upgrade; credit 0.00; charge 60.00; due 60.00; next invoice 2026-05-05
submit  2026-04-05
paid    2026-04-05
expect  on l; no trial; period 2026-04-05 2026-05-05; balance 0.00; booked sales 61.00
expect  covers s 2026-04-01 2026-04-05 0.00; covers l 2026-04-05 2026-05-05 60.00
quote   2026-04-20 alice to s
expect  downgrade; credit 30.00; charge 5.00; to balance 25.00
submit  2026-04-20
expect  on s; balance 25.00; booked sales 36.00
