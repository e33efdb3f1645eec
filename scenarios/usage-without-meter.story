# A plan without the meter counts none; what was counted before is billed all the same, and the meter that comes back goes on
#
# 1100 units on m, 100 × 0.02 = 2.00. On l none are counted. Back on m 50 more are all above the 1000: 1.00. The change to l
# charges 13.33, and gives them back: May asks for 30.00 + 2.00 + 1.00, less 13.33 of balance = 19.67.
policy  vps
plan    m 30.00 EUR monthly
plan    l 50.00 EUR monthly
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly on m
given   2026-04-01 alice on m monthly
reports 2026-04-10 1100 gb
quote   2026-04-11 alice to l
submit  2026-04-11
paid    2026-04-11
expect  on l; no meter gb
reports 2026-04-11T13:00 10 gb
expect  refused unknown-meter
quote   2026-04-11T14:00 alice to m
submit  2026-04-11T14:00
expect  on m; used 1100 gb; balance 13.33
reports 2026-04-21 50 gb
later   2026-05-01
expect  invoice open 19.67
