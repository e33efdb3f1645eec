# M45: two tabs: the first submission stands, the other is refused
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T10:00 alice to m
quote   2026-04-11T10:01 alice to l
expect  credit 6.67; charge 40.00; due 33.33
submit  2026-04-11T10:02 earlier
expect  invoice open 13.33
again   2026-04-11T10:02
expect  nothing
submit  2026-04-11T10:03
expect  refused change-open; nothing
paid    2026-04-11T10:04
expect  on m
# The second quote was counted from the small plan: 20.00 is given back now instead of 6.67.
submit  2026-04-11T10:05
expect  refused quote-stale by account; nothing; credit 20.00; charge 40.00; due 20.00
