# M15: the day of 23 hours is one day (Europe/Berlin, 29 March 2026)
#
# 29 March: 3 of 31 days are left: 10 - round(10 x 28/31 = 9.0323) = 0.97; 30 - round(27.0968) = 2.90.
# 30 March: 2 of 31 days: 10 - round(9.3548) = 0.65; 30 - round(28.0645) = 1.94. Half past midnight in Berlin is still
# the day before in London.
zone    Europe/Berlin
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-03-01 alice on s monthly
quote   2026-03-29T00:30 alice to m
expect  credit 0.97; charge 2.90; due 1.93
quote   2026-03-29T23:59 alice to m
expect  credit 0.97; charge 2.90; due 1.93
quote   2026-03-30T00:00 alice to m
expect  credit 0.65; charge 1.94; due 1.29
later   2026-04-01T00:00
expect  period 2026-04-01 2026-05-01
