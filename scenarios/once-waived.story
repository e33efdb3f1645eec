# A rule waives what a change costs once, for good: coming back to it is not charged either
#
# Upgrades cost nothing once. Without the rule, as for the seat that staff add, they do.
policy  vps
rule    direction = "upgrade", asked_by = "customer" set setup = "none"
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
option  seat 2.00 EUR monthly setup 5.00, by the seat
given   2026-04-01 alice on s monthly
expect  invoice paid 25.00
quote   2026-04-16 alice to m
expect  credit 5.00; charge 15.00; net 10.00
submit  2026-04-16
paid    2026-04-16
quote   2026-04-16 alice to s
submit  2026-04-16
expect  balance 10.00
quote   2026-04-16 alice to m by staff
expect  charge 15.00; net 10.00
quote   2026-04-16 alice to s with seat 1 by staff
expect  charge 6.00; net 6.00
