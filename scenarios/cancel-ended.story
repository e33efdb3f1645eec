# Nothing of what has ended goes on: no change, no use, no plan by hand, and no taking back
policy  used-day
module  by hand
plan    s 30.00 EUR monthly, gives 40 hours
plan    m 60.00 EUR monthly
meter   gb 0.10 EUR monthly
given   2026-04-01 alice on s monthly
module  2026-04-01 done
cancel  2026-04-20 now
expect  access ended; service wanted; wanted s generation 2
quote   2026-04-21 alice to m
expect  refused subscription-ended
cancel  2026-04-21 now
expect  refused subscription-ended
uncancel 2026-04-21
expect  refused subscription-ended
uses    2026-04-21 1
expect  refused subscription-ended
reports 2026-04-21 5 gb
expect  refused subscription-ended
assign  2026-04-21 m
expect  refused subscription-ended
module  2026-04-21 failed
expect  service failed; access ended
retry   2026-04-21
module  2026-04-21 done
expect  service done; access ended; observed generation 2
later   2026-06-01
expect  nothing; invoices 1
