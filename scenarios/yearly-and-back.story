# Monthly to yearly begins a new year on the day of the switch; and back begins a new month
#
# 11 April: 30 - 10 = 20.00 back, a full year of 300.00.
# 21 April: 10 of 365 days of the year are used, round(300 x 10/365 = 8.2192): 300 - 8.22 = 291.78 back, a full month.
plan    m 30.00 EUR monthly, 300.00 EUR yearly
plan    l 60.00 EUR monthly, 600.00 EUR yearly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to m yearly
expect  credit 20.00; charge 300.00; due 280.00; upgrade; recurring 300.00; next invoice 2027-04-11; no restart
submit  2026-04-11
expect  still m; monthly; period 2026-04-01 2026-05-01
paid    2026-04-11
expect  yearly; period 2026-04-11 2027-04-11; covers m 2026-04-11 2027-04-11 300.00; wanted m generation 1
quote   2026-04-21 alice to m monthly
expect  credit 291.78; charge 30.00; to balance 261.78; downgrade; next invoice 2026-05-21
submit  2026-04-21
expect  monthly; period 2026-04-21 2026-05-21; balance 261.78; credit note 261.78
later   2026-05-01
expect  nothing
later   2026-05-21
expect  period 2026-05-21 2026-06-21; balance 231.78; no open invoice
