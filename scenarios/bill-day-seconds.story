# Where seconds are counted the first period ends with the first instant of the bill day, and begins with the start
#
# From noon of the 16th of April 14.5 of 30 days are left: 30.00 x 14.5/30 = 14.50. On the 24th at noon 6.5 days are.
policy  openmeter
terms   bill_day = 1, anchor = "keep"
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
zone    Europe/Berlin
given   2026-04-16T12:00 alice on s monthly
expect  period 2026-04-16 2026-05-01; invoice paid 14.50
quote   2026-04-24 alice to m
expect  credit 6.50; charge 13.00; due 6.50; next invoice 2026-05-01
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoice open 30.00
