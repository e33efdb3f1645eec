# T5: a plan whose credits are burnt has nothing to give back: upgrade, burn, downgrade gains nothing
#
# All 40 hours are used: 0.00 comes back, 6.67 is charged for the small plan, and none of its 10 hours are left.
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on m monthly
uses    2026-04-10 40
expect  credits 0
quote   2026-04-11 alice to s now
expect  credits after 0; credit 0.00; charge 6.67; due 6.67; downgrade
submit  2026-04-11
paid    2026-04-11
expect  on s; credits 0; balance 0.00; covers m 2026-04-01 2026-04-11 30.00
later   2026-05-01
expect  credits 10; invoice open 10.00
