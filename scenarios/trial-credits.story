# The first period gives its plan's credits, whether a trial runs out or ends with a change; what was used stays used
#
# Alice uses 4 of 10 hours and ends her trial with an option: the month gives 10 to the 6 that are left. Bob uses 4 as
# well and waits: his month begins with 10.
policy  vps
rule    phase = "trial", asked_by = "staff" set trial = "end"
plan    s 10.00 EUR monthly, gives 10 hours, trial 14 days
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  credits 10
uses    2026-04-03 4
quote   2026-04-05 alice to s with memory 1 by staff
expect  charge 12.00; credits after 16
submit  2026-04-05
paid    2026-04-05
expect  no trial; credits 16; period 2026-04-05 2026-05-05
given   2026-04-06 bob on s monthly
uses    2026-04-07 4
quote   2026-04-08 bob to s with memory 1
expect  charge 0.00; credits after 6
submit  2026-04-08
expect  trial until 2026-04-20; credits 6
later   2026-04-20
expect  no trial; credits 10; invoice open 12.00
