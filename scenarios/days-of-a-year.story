# A month is a twelfth of a year of 365 days, 30 5/12 of them: a part of it is price × days × 12 / 365
#
# 20 days of April: 10.00 × 240/365 = 6.58 and 30.00 × 240/365 = 19.73. A whole period costs its price, May as well as
# April; 30 days of May: 10.00 × 360/365 = 9.86 and 30.00 × 360/365 = 29.59. 274 days of a year: 100.00 × 274/365 = 75.07
# and 300.00 × 274/365 = 225.21.
policy  vps
terms   denominator = { year_days = 365 }, remainder = "rounded"
plan    s 10.00 EUR monthly, 100.00 EUR yearly
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.58; charge 19.73; due 13.15
given   2026-05-01 bob on s monthly
quote   2026-05-01 bob to m
expect  credit 10.00; charge 30.00; due 20.00
quote   2026-05-02 bob to m
expect  credit 9.86; charge 29.59; due 19.73
submit  2026-05-02
paid    2026-05-02
expect  covers s 2026-05-01 2026-05-02 0.14; covers m 2026-05-02 2026-06-01 29.59
given   2026-05-02T13:00 carol on s yearly
quote   2026-08-01 carol to m yearly
expect  credit 75.07; charge 225.21; due 150.14
