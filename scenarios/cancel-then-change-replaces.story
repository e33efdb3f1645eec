# Where a new wish replaces an open one, a change takes the place of a cancellation
policy  vps
terms   pending = "replace"
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-05 at period end
quote   2026-04-11 alice to m
expect  due 20.00
submit  2026-04-11
expect  mail cancellation_withdrawn; change open
paid    2026-04-11
later   2026-05-01
expect  on m; invoice open 60.00; access full
