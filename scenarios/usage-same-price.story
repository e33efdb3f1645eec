# Where a meter costs the same on both plans a change does not touch it: there and back is one line
#
# 1500 units, 500 above what is included × 0.02 = 10.00; May asks for 10.00 + 10.00, of which 13.33 of balance pays.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly
given   2026-04-01 alice on s monthly
reports 2026-04-10 900 gb
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
reports 2026-04-11T13:00 300 gb
quote   2026-04-11T14:00 alice to s
submit  2026-04-11T14:00
reports 2026-04-21 300 gb
later   2026-05-01
expect  invoice open 6.67
