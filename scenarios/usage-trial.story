# What is used in a trial costs nothing, and has used up nothing of what is included when it is over
#
# 5000 units in the trial. In the first period 1100: 100 × 0.02 = 2.00, on the invoice of the second: 12.00.
policy  vps
plan    s 10.00 EUR monthly, trial 14 days
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly
given   2026-04-01 alice on s monthly
reports 2026-04-10 5000 gb
expect  used 5000 gb; trial until 2026-04-15
later   2026-04-15
expect  invoice open 10.00; used 0 gb; no trial
paid    2026-04-15
reports 2026-04-20 1100 gb
later   2026-05-15
expect  invoice open 12.00
