# Who leaves while the service is resized is not told that it has its new size
policy  used-day
module  by hand
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
expect  on m; service wanted; wanted m generation 2
cancel  2026-04-11 now
expect  access ended; service wanted; wanted m generation 3; mail subscription_ended
module  2026-04-11 done
expect  service done; access ended; observed generation 3; no mail
