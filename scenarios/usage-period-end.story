# A change that waits for the next period leaves this one's usage to the old plan, also where the renewal is late
#
# April's 100 units cost 0.05 each = 5.00. May is on m: 30.00 + 5.00 = 35.00, and its 100 units 0.02 each: June 32.00.
policy  team
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb 0.05 EUR monthly on s, 0.02 EUR monthly on m
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m at period end
submit  2026-04-11
expect  change scheduled
reports 2026-04-20 100 gb
expect  used 100 gb
reports 2026-05-01T06:00 7 gb
expect  refused period-over; used 100 gb
later   2026-05-01T07:00
expect  on m; invoice open 35.00; used 0 gb
paid    2026-05-02
reports 2026-05-20 100 gb
later   2026-06-01
expect  invoice open 32.00
