# T5: going down, the new plan's credits count, less what was used
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
plan    none 1.00 EUR monthly
given   2026-04-01 alice on m monthly
uses    2026-04-10 4
quote   2026-04-11 alice to s now
expect  credits after 6
submit  2026-04-11
expect  credits 6
quote   2026-04-11T13:00 alice to none now
expect  no credits after
