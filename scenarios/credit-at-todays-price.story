# credit_basis: what is given back is counted at the price that the plan has today, and is never more than was billed
#
# 30.00 was billed for April; 20 of 30 days are left. At 36.00 they are worth 24.00, at 24.00 they are worth 16.00. At
# 90.00 they would be worth 60.00: no more than the 30.00 that were billed goes back. 60.00 x 20/30 = 40.00 is charged.
policy  vps
terms   credit_basis = "price_now"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
given   2026-04-01 bob on m monthly
publish 2026-04-05 plan m 36.00 EUR monthly
quote   2026-04-11T09:00 alice to l
expect  credit 24.00; charge 40.00; due 16.00
publish 2026-04-11T10:00 plan m 24.00 EUR monthly
quote   2026-04-11T11:00 alice to l
expect  credit 16.00; charge 40.00; due 24.00
submit  2026-04-11T11:00
paid    2026-04-11T11:30
expect  on l; covers m 2026-04-01 2026-04-11 14.00; covers l 2026-04-11 2026-05-01 40.00
publish 2026-04-11T12:00 plan m 90.00 EUR monthly
quote   2026-04-11T13:00 bob to l
expect  credit 30.00; charge 40.00; due 10.00
submit  2026-04-11T13:00
paid    2026-04-11T13:30
expect  on l; covers m 2026-04-01 2026-04-11 0.00
quote   2026-04-11T14:00 alice to m
expect  credit 40.00; charge 60.00
later   2026-05-01
expect  invoice open 60.00
