# Policy openmeter: by seconds of the whole period, made at once and owed
#
# 10.5 of 30 days are used, 0.35: 10.00 - 3.50 = 6.50 back, 30.00 - 10.50 = 19.50 charged.
policy  openmeter
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T12:00 alice to m
expect  credit 6.50; charge 19.50; due 13.00; next invoice 2026-05-01
submit  2026-04-11T12:00
expect  made at once; on m; invoice open 13.00
