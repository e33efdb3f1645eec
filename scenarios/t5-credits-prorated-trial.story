# T5: a trial shares its credits by its own days, and the first period begins with all of its plan, whatever the trial used
#
# 7 of 14 days are left: 10 + 30 × 7/14 = 25. Bob ends his trial with an option, after 4 of 10 hours: the month has 10.
policy  vps
terms   credits = "prorate"
rule    phase = "trial", asked_by = "staff" set trial = "end"
plan    s 10.00 EUR monthly, gives 10 hours, trial 14 days
plan    m 30.00 EUR monthly, gives 40 hours, trial 14 days
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly
uses    2026-04-03 10
quote   2026-04-08 alice to m
expect  charge 0.00; credits after 15
submit  2026-04-08
expect  trial until 2026-04-15; credits 15
later   2026-04-15
expect  no trial; credits 40
given   2026-04-16 bob on s monthly
uses    2026-04-17 4
quote   2026-04-18 bob to s with memory 1 by staff
expect  charge 12.00; credits after 10
submit  2026-04-18
paid    2026-04-18
expect  no trial; credits 10
