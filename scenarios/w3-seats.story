# W3: a plan asks for a least number of seats; a change with fewer is refused, and nothing is added by itself
#
# 16 April, 15 of 30 days are left: half of 10.00 back and half of 2 x 4.00; charged half of 30.00 and half of 5 x 4.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  seat 4.00 EUR monthly, by the seat, at least 1, at least 5 on m, up to 50
given   2026-04-01 alice on s monthly with seat 2
quote   2026-04-16 alice to s without seat
expect  refused too-little
quote   2026-04-16 alice to m
expect  refused too-little
quote   2026-04-16 alice to m with seat 5
expect  credit 9.00; charge 25.00; due 16.00; upgrade; recurring 50.00
submit  2026-04-16
paid    2026-04-16
expect  on m; with seat 5; costs 50.00
