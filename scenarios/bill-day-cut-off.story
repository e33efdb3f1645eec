# cut_off_day: who starts before the 20th pays up to the 1st; who starts on it or later pays the next month too
#
# From 19 January 13 of 31 days are 13.00. From the 20th 12 days are 12.00, and February 31.00 more.
policy  vps
terms   bill_day = 1, cut_off_day = 20, anchor = "keep"
plan    s 31.00 EUR monthly, 365.00 EUR yearly
plan    m 62.00 EUR monthly
given   2026-01-19 alice on s monthly
expect  period 2026-01-19 2026-02-01; invoice paid 13.00
later   2026-02-01
expect  period 2026-02-01 2026-03-01; invoice open 31.00
given   2027-01-20 bob on s monthly
expect  period 2027-01-20 2027-03-01; invoice paid 43.00
# 7 of the 28 days of February are left on the 22nd.
quote   2027-02-22 bob to m
expect  credit 7.75; charge 15.50; due 7.75; next invoice 2027-03-01
later   2027-03-01
expect  period 2027-03-01 2027-04-01; invoice open 31.00
# A year begins on the bill day of November, or a year later: 341 of 365 days are not late.
given   2029-11-25 carol on s yearly
expect  period 2029-11-25 2030-11-01; invoice paid 341.00
