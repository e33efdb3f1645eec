# W5: staff give a larger plan for nothing; what the customer really paid is given back when they move down again
#
# The 10.00 of s stay what covers April. On 21 April 10 of 30 days are left: 3.33 of them come back, whatever l would
# have cost; m costs 10.00 for those days, s its own 3.33.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
assign  2026-04-11 l
expect  on l; costs 10.00; documents 1; balance 0.00; no mail; no change
expect  package l waits; wanted s generation 1; service done; covers s 2026-04-01 2026-05-01 10.00
again   2026-04-11
expect  nothing
package 2026-04-11T12:05 changed
expect  wanted l generation 2; no package waits; mail service_resized; documents 1
again   2026-04-11T12:05
expect  nothing
quote   2026-04-21 alice to m
expect  downgrade; credit 3.33; charge 10.00; due 6.67
quote   2026-04-21 alice to s
expect  downgrade; credit 3.33; charge 3.33; due 0.00; to balance 0.00; recurring 10.00
submit  2026-04-21
expect  made at once; on s; balance 0.00; wanted s generation 3; no package waits
later   2026-05-01
expect  invoice open 10.00; costs 10.00
