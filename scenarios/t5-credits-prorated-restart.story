# T5: a period that begins with a change gives all that its plan gives, less what was used beyond the days that are over
#
# 10 of 30 days of s are over and gave 40 × 10/30 = 13 1/3 hours. Alice has used 20: 6 2/3 too many, and 55 − 6 2/3 is
# 48 1/3. Back in the same day, 33 1/3 are left of the 40. Bob has used 5 of the 12.9 that 10 of 31 days gave: he begins
# with 55. Carol has used 20 as Alice, and takes more memory: a period of the same plan begins, with 40 − 6 2/3.
policy  vps
terms   credits = "prorate", anchor = "restart", gate = "none"
plan    s 10.00 EUR monthly, gives 40 hours
plan    m 30.00 EUR monthly, gives 55 hours
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly
uses    2026-04-05 20
quote   2026-04-11 alice to m
expect  credits after 48
submit  2026-04-11
expect  on m; credits 48; period 2026-04-11 2026-05-11
quote   2026-04-11 alice to s
expect  credits after 33
submit  2026-04-11
expect  on s; credits 33; period 2026-04-11 2026-05-11
later   2026-05-11
expect  credits 40
given   2026-05-12 bob on s monthly
uses    2026-05-13 5
quote   2026-05-22 bob to m
expect  credits after 55
given   2026-06-01 carol on s monthly
uses    2026-06-05 20
quote   2026-06-11 carol to s with memory 1
expect  credits after 33
submit  2026-06-11
expect  credits 33; period 2026-06-11 2026-07-11
