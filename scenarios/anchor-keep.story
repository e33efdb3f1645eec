# The payment day stays when the cycle changes: up to it the new cycle is charged for its part, and counts from there
#
# 12 May, monthly to yearly: 11 of 31 days are used, 0.354838710 of 30.00 is 10.65: 19.35 back. 20 days are left of the
# year from 1 June to 1 June, 365.00 x 345/365 used: 20.00. Due 0.65; the year itself is billed on 1 June.
# 10 July, yearly to monthly: 39 of 365 days are used, 39.00: 326.00 back. The month is July, of which 9 of 31 days are
# over, 0.290322581 of 30.00 is 8.71: 21.29. To the balance 304.71; the next month is billed on 1 August.
policy  killbill-days
plan    m 30.00 EUR monthly, 365.00 EUR yearly
given   2026-05-01 alice on m monthly
quote   2026-05-12 alice to m yearly
expect  credit 19.35; charge 20.00; due 0.65; upgrade; next invoice 2026-06-01; recurring 365.00
submit  2026-05-12
expect  yearly; period 2026-05-01 2026-06-01; covers m 2026-05-12 2026-06-01 20.00 unpaid
paid    2026-05-12
later   2026-06-01
expect  period 2026-06-01 2027-06-01; invoice open 365.00
paid    2026-06-01
quote   2026-07-10 alice to m monthly
expect  credit 326.00; charge 21.29; to balance 304.71; downgrade; next invoice 2026-08-01; recurring 30.00
submit  2026-07-10
expect  monthly; period 2026-07-10 2026-08-01; balance 304.71; covers m 2026-07-10 2026-08-01 21.29
later   2026-08-01
expect  period 2026-08-01 2026-09-01; balance 274.71; no open invoice
