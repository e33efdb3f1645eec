# A meter costs what it was sold at until the plan is changed or assigned anew
#
# The list says 0.09 from 5 April on. April's 100 units are 0.05 each: May 10.00 + 5.00. Staff assign m in May without
# recalculating: 100 units at 0.05. With a recalculation in June 40 units are at 0.05 = 2.00, then 40 at 0.09 = 3.60.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb 0.05 EUR monthly
given   2026-04-01 alice on s monthly
publish 2026-04-05 meter gb 0.09 EUR monthly
reports 2026-04-10 100 gb
later   2026-05-01
expect  invoice open 15.00
paid    2026-05-02
assign  2026-05-03 m
reports 2026-05-10 100 gb
later   2026-06-01
expect  on m; invoice open 15.00
paid    2026-06-02
reports 2026-06-03 40 gb
assign  2026-06-04 m recalculated
expect  costs 30.00; used 40 gb
reports 2026-06-05 40 gb
later   2026-07-01
expect  invoice open 35.60
