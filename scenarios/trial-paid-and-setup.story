# A trial that is paid for leaves what is set up to its first invoice, and the second subscription has no trial
#
# Alice: 1.00 for the trial of s. Up to m in it: 3.00 - 1.00 = 2.00 at once; m is set up with the first invoice, 30.00 and 20.00.
# Bob starts on m: 3.00. With the next period he goes to s: what he had for 3.00 stays so, and s is 10.00 with 15.00 once.
policy  vps
rule    direction = "downgrade" set when = "period_end"
plan    s 10.00 EUR monthly setup 15.00 in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly setup 20.00 in trial 3.00, trial 14 days
given   2026-04-01 alice on s monthly
expect  invoice paid 1.00; booked sales 1.00
quote   2026-04-06 alice to m
expect  charge 2.00; due 2.00
submit  2026-04-06
paid    2026-04-06
later   2026-04-15
expect  no trial; invoice open 50.00
given   2026-05-01 bob on m monthly
expect  invoice paid 3.00
quote   2026-05-06 bob to s
expect  made at period end; charge 0.00; due 0.00
submit  2026-05-06
later   2026-05-15
expect  on s; no trial; invoice open 25.00
