# M15: the day of 25 hours is one day (Europe/Berlin, 25 October 2026)
#
# 25 October: 7 of 31 days are left: 10 - round(10 x 24/31 = 7.7419) = 2.26; 30 - round(23.2258) = 6.77.
# 26 October: 6 of 31 days: 10 - round(8.0645) = 1.94; 30 - round(24.1935) = 5.81.
zone    Europe/Berlin
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-10-01 alice on s monthly
quote   2026-10-25T00:30 alice to m
expect  credit 2.26; charge 6.77; due 4.51
quote   2026-10-25T23:30 alice to m
expect  credit 2.26; charge 6.77; due 4.51
quote   2026-10-26T00:00 alice to m
expect  credit 1.94; charge 5.81; due 3.87
