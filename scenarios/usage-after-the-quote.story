# Units that are reported between a quote and its payment are at the old price: until it is made the old plan is had
#
# 13.33 is paid on 13 April, two days after it was quoted. The 40 units of the 12th cost 0.05 each = 2.00, the 50 of the
# 14th 0.02 each = 1.00. May: 30.00 + 2.00 + 1.00 = 33.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb 0.05 EUR monthly on s, 0.02 EUR monthly on m
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11
expect  invoice open 13.33
reports 2026-04-12 40 gb
paid    2026-04-13
expect  on m; used 40 gb
reports 2026-04-14 50 gb
later   2026-05-01
expect  invoice open 33.00
