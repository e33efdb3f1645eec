# While it is cancelled nothing is changed, unless a new wish replaces an open one
policy  vps
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-05 at period end
quote   2026-04-11 alice to m
expect  refused subscription-cancelled
uncancel 2026-04-11
quote   2026-04-11 alice to m
expect  due 20.00
