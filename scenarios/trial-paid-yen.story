# A trial that is paid for in yen, by card
#
# 100 and 10% of it. Going to m costs 500 - 100 = 400 with 40 of tax; the month from 15 April 3,000 and 300.
policy  vps
tax     10% 消費税
plan    s 1900 JPY monthly in trial 100, trial 14 days
plan    m 3000 JPY monthly in trial 500, trial 14 days
zone    Asia/Tokyo
given   2026-04-01 alice on s monthly by card pays
expect  invoice paid 110; trial until 2026-04-15
quote   2026-04-04 alice to m
expect  charge 400; tax 40; due 440
submit  2026-04-04 by card pays
gateway 2026-04-04 captured
expect  on m; booked cash_card 550; booked tax 50
later   2026-04-15
gateway 2026-04-15 captured
expect  no trial; invoice paid 3300
