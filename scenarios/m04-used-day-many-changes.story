# M4: several changes in one day bill that day at most once more
#
# The old plan is given back from 12 April, 19 days: 10 - round(10 x 11/30 = 3.6667) = 6.33; the new one is charged from
# 11 April, 20 days: 20.00. The next change of the day gives all of that back and charges 60 x 20/30 = 40.00. Going back
# to the small plan gives 40.00 back, and charges it only from the 12th: it was paid for the 11th. 6.33.
# 13.67 + 20.00 - 33.67 = 0: a day there and back costs nothing.
policy  used-day
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T09:00 alice to m
expect  credit 6.33; charge 20.00; due 13.67
submit  2026-04-11T09:00
paid    2026-04-11T09:05
expect  on m; covers s 2026-04-01 2026-04-12 3.67; covers m 2026-04-11 2026-05-01 20.00
quote   2026-04-11T10:00 alice to l
expect  credit 20.00; charge 40.00; due 20.00
submit  2026-04-11T10:00
paid    2026-04-11T10:05
expect  covers s 2026-04-01 2026-04-12 3.67; covers l 2026-04-11 2026-05-01 40.00
quote   2026-04-11T11:00 alice to s
expect  credit 40.00; charge 6.33; to balance 33.67
submit  2026-04-11T11:00
expect  on s; covers s 2026-04-01 2026-04-12 3.67; covers s 2026-04-12 2026-05-01 6.33; balance 33.67
