# W5, T5: plan credits are a part of what was paid; an assigned plan gives its own with the next period
#
# 4 of 10 hours are used, so 6.00 of 10.00 bound what a change gives back on 11 April, where time alone gives 6.67.
policy  team
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
plan    l 60.00 EUR monthly, gives 80 hours
given   2026-04-01 alice on s monthly
uses    2026-04-05 4
assign  2026-04-08 m
expect  on m; credits 6; costs 10.00
quote   2026-04-11 alice to l now
expect  upgrade; credit 6.00; charge 40.00; due 34.00; credits after 86
later   2026-05-01
expect  credits 40; costs 10.00; invoice open 10.00
