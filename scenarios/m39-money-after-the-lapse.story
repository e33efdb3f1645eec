# M39: a capture that is learned of only after the change has lapsed becomes balance
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card times_out_after_charging
gateway 2026-04-11T12:01 silent
# The policy gives a change 72 hours.
later   2026-04-14T11:59:59
expect  nothing
later   2026-04-14T12:00
expect  change lapsed; invoice void 13.33; mail change_lapsed; still s
gateway 2026-04-15 captured
expect  balance 13.33; receipt 13.33; still s; wanted s generation 1
