# The days that can be chosen: from tomorrow to the last day of the present period
#
# On the 30th one day is left: 10.00 / 30 = 0.33 back, 30.00 / 30 = 1.00 charged. Who has not paid by the end of that day has
# not changed, also where the policy gives three days. Midnight ends a quote only where it begins the day.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-11
expect  refused date-outside
quote   2026-04-11 alice to m on 2026-04-10
expect  refused date-outside
quote   2026-04-11 alice to m on 2026-05-01
expect  refused date-outside
quote   2026-04-11T23:50 alice to m on 2026-04-12
expect  due 12.67
submit  2026-04-12T00:00
expect  refused quote-stale by new_day
quote   2026-04-12T23:50 alice to m on 2026-04-30
expect  credit 0.33; charge 1.00; due 0.67; made on 2026-04-30
submit  2026-04-13T00:10
expect  change scheduled
quote   2026-04-14 alice to m
expect  refused change-open
later   2026-04-30T00:00
expect  invoice open 0.67; change open
later   2026-05-01T00:00
expect  change lapsed; still s; invoice open 10.00; invoice void 0.67
quote   2026-05-31 alice to m on 2026-06-01
expect  refused date-outside
