# What a trial costs is asked for when it starts, also where periods are billed when they are over
#
# Alice pays 1.00 on 1 April, and 3.00 - 1.00 = 2.00 for the trial of m. The month from 15 April is billed on 15 May.
policy  vps
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days, billed in arrears
plan    m 30.00 EUR monthly in trial 3.00, trial 14 days, billed in arrears
given   2026-04-01 alice on s monthly
expect  invoice paid 1.00; waits 0.00; trial until 2026-04-15
quote   2026-04-06 alice to m
expect  charge 2.00; net 2.00; due 2.00
submit  2026-04-06
paid    2026-04-06
expect  on m; waits 0.00; documents 2; booked sales 3.00
later   2026-04-15
expect  no trial; documents 2; waits 30.00
later   2026-05-15
expect  invoice open 30.00; waits 30.00
