# Policy meteroid: another cycle is counted by nominal days, 30 a month and 365 a year; the payment day stays
#
# 20 days of May are left: 30.00 x 20/30 = 20.00 back (20 of 31 days would be 19.35), 300.00 x 20/365 = 16.44 charged.
policy  meteroid
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-05-01 alice on m monthly
quote   2026-05-12 alice to m yearly
expect  credit 20.00; charge 16.44; to balance 3.56; next invoice 2026-06-01; recurring 300.00
submit  2026-05-12
expect  made at once; yearly; period 2026-05-01 2026-06-01; balance 3.56; credit note 3.56
expect  covers m 2026-05-01 2026-05-12 10.00; covers m 2026-05-12 2026-06-01 16.44
later   2026-06-01
expect  period 2026-06-01 2027-06-01; invoice open 296.44; balance 0.00
