# T5: plan credits are shared by time: up and down, the rest of the period counts for the new plan
#
# 12 of 30 days are left: 40 + 15 × 12/30 = 46 hours, 9 of them used. Bob's 55 − 15 × 12/30 = 49, 20 used, 29 left.
# With the next period its plan gives its own.
policy  vps
terms   credits = "prorate", choose_when = true
plan    s 10.00 EUR monthly, gives 40 hours
plan    m 30.00 EUR monthly, gives 55 hours
given   2026-04-01 alice on s monthly
given   2026-04-01 bob on m monthly
uses    2026-04-05 20
expect  credits 35
uses    2026-04-06 36
expect  refused not-enough-credits
quote   2026-04-19 bob to s now
expect  downgrade; credits after 29; to balance 8.00
submit  2026-04-19
expect  on s; credits 29; balance 8.00
quote   2026-04-19 alice to m
expect  credits after 46; credit 4.00; charge 12.00; due 8.00
uses    2026-04-19 9
expect  credits 31
submit  2026-04-19
expect  refused quote-stale by account; credits after 37; due 8.00
submit  2026-04-19
paid    2026-04-20
expect  on m; credits 37
quote   2026-04-20 alice to s at period end
expect  made at period end; credits after 40
later   2026-05-01
expect  credits 55
