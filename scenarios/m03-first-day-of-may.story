# M03: a month of 31 days has 31 days: the whole difference on the first day
#
# All of the 10.00 is given back and all of the 30.00 is charged.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-05-01 alice on s monthly
quote   2026-05-01 alice to m
expect  credit 10.00; charge 30.00; due 20.00
submit  2026-05-01
paid    2026-05-01
expect  on m; covers m 2026-05-01 2026-06-01 30.00
