# T5: unused credits go over to the larger plan; what was used is not given back in money
#
# 4 of 10 hours are used. By time 6.67 is left of 10.00, by hours 6.00: 6.00 comes back. 6 + 40 hours are left then.
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on s monthly
expect  credits 10
uses    2026-04-05 4
expect  credits 6
quote   2026-04-11 alice to m
expect  credits after 46; credit 6.00; charge 20.00; due 14.00
submit  2026-04-11
expect  credits 6
paid    2026-04-11
expect  on m; credits 46; covers s 2026-04-01 2026-04-11 4.00
uses    2026-04-12 47
expect  refused not-enough-credits; credits 46
uses    2026-04-12 46
again   2026-04-12
expect  credits 0; nothing
later   2026-05-01
expect  credits 40
