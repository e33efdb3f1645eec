# M01: the second change in one period is credited from coverage, not from the last charge
#
# 11 April: 20 of 30 days are left. 10 - round(10 x 10/30) = 6.67 back, 30 x 20/30 = 20.00 charged.
# 21 April: the 20.00 were billed for 20 days and 10 of them are left: 10.00 back, 60 x 10/30 = 20.00 charged.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; due 13.33; upgrade
submit  2026-04-11
expect  invoice open 13.33; still s; covers s 2026-04-01 2026-05-01 10.00
paid    2026-04-11
expect  on m; wanted m generation 2; mail plan_changed
expect  covers s 2026-04-01 2026-04-11 3.33; covers m 2026-04-11 2026-05-01 20.00
quote   2026-04-21 alice to l
expect  credit 10.00; charge 20.00; due 10.00; upgrade
submit  2026-04-21
again   2026-04-21
expect  nothing
paid    2026-04-21
expect  on l; wanted l generation 3; covers m 2026-04-11 2026-04-21 10.00; covers l 2026-04-21 2026-05-01 20.00
again   2026-04-21
expect  nothing
later   2026-05-01
expect  invoice open 60.00; period 2026-05-01 2026-06-01; mail period_invoiced; invoices 4
