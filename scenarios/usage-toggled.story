# To and fro within a period grants no units again: tiers go on behind all that was counted in it
#
# Both plans include 1000 units. 900 on s, then m, then s again: of the 300 of m 100 are included and 200 × 0.03 = 6.00 are
# not; the 500 after it are 500 × 0.02 = 10.00. There and back at noon costs nothing beside: 13.33 is charged on the 11th
# and comes back on the same day. May: 10.00 − 13.33 of balance pays all of 10.00 and 3.33 of the 16.00: 12.67 is open.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly on s, graduated 0.00 to 1000 then 0.03 EUR monthly on m
given   2026-04-01 alice on s monthly
reports 2026-04-10 900 gb
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
reports 2026-04-11T13:00 300 gb
quote   2026-04-11T14:00 alice to s
submit  2026-04-11T14:00
expect  on s; balance 13.33; used 1200 gb
reports 2026-04-21 500 gb
later   2026-05-01
expect  invoice open 12.67; balance 0.00; used 0 gb
