# A change that begins a new period lets usage go on: it is billed with the next renewal, and its tiers do not begin again
#
# 900 units of the month, then a year from 11 April: 600 more in it, 500 of them above the 1000 × 0.02 = 10.00. They are
# on the invoice of 11 April 2027: 100.00 + 10.00.
policy  vps
terms   anchor = "restart_on_cycle_change"
plan    s 10.00 EUR monthly, 100.00 EUR yearly
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly, graduated 0.00 to 1000 then 0.02 EUR yearly
given   2026-04-01 alice on s monthly
reports 2026-04-10 900 gb
quote   2026-04-11 alice to s yearly
submit  2026-04-11
paid    2026-04-11
expect  yearly; period 2026-04-11 2027-04-11; used 900 gb
reports 2026-12-01 600 gb
later   2027-04-11
expect  invoice open 110.00; used 0 gb
