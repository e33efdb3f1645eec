# T5: credits that are used while the change waits for its payment stay used
#
# 10 hours are left when it is submitted; 3 are used before it is paid. 7 + 40 are left then, not 50.
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credits after 50; credit 6.67; due 13.33
submit  2026-04-11
uses    2026-04-12 3
expect  credits 7
paid    2026-04-13
expect  on m; credits 47
