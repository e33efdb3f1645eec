# T5, M45: credits that are used after the quote make it stale; the fresh one gives back less
#
# 3 of 10 hours left are worth 3.00, less than the 6.67 for the time.
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on s monthly
quote   2026-04-11T12:00 alice to m
expect  credit 6.67; due 13.33
uses    2026-04-11T12:01 7
submit  2026-04-11T12:02
expect  refused quote-stale by account; credit 3.00; due 17.00; credits after 43
submit  2026-04-11T12:03
expect  change open; invoice open 17.00
