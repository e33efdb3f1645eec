# T5: credits that are used while a change waits for its payment stay used, also those that it takes back
#
# 20 of 30 days are left: 30 − 20 × 20/30 = 16 2/3 for the way down, so 16. All 30 are used before it is paid, 13 1/3 too
# many; up again that day 36 2/3 − 30 leave 6, and on m 30 − 30 leave none.
policy  vps
terms   credits = "prorate"
plan    s 40.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 30 hours
plan    l 60.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s
expect  credits after 16; due 6.67
submit  2026-04-11
uses    2026-04-11 30
expect  still m; credits 0
paid    2026-04-11
expect  on s; credits 0
quote   2026-04-11 alice to m
expect  credits after 0
quote   2026-04-11 alice to l
expect  credits after 6
