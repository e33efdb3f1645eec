# credit_basis: a plan that became cheaper on its first day gives back what it costs now; the rest stays billed
#
# 30.00 was billed for April. On the same day the plan costs 24.00: so much goes back for the whole month, and 6.00 stay
# billed for no time at all, as the rule says. 60.00 is charged for all of April.
policy  vps
terms   credit_basis = "price_now"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
publish 2026-04-01T10:00 plan m 24.00 EUR monthly
quote   2026-04-01T11:00 alice to l
expect  credit 24.00; charge 60.00; due 36.00
submit  2026-04-01T11:00
paid    2026-04-01T11:30
expect  on l; covers l 2026-04-01 2026-05-01 60.00
