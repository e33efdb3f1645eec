# The same window twice counts once; units that nobody can have used are refused
#
# 250 units × 0.05 = 12.50; May: 10.00 + 12.50.
policy  vps
plan    s 10.00 EUR monthly
meter   gb 0.05 EUR monthly
given   2026-04-01 alice on s monthly
reports 2026-04-10 250 gb
again   2026-04-10
expect  used 250 gb; nothing
reports 2026-04-11 0 gb
expect  refused units-outside
reports 2026-04-11 1000000000 gb
expect  refused units-outside
reports 2026-04-11 5 water
expect  refused unknown-meter; used 250 gb
later   2026-05-01
expect  invoice open 22.50
again   2026-05-01
