# A change that begins a new period is that period's invoice, and takes in what waited
#
# 16 April: 15.00 wait. 21 April to the year: of the 19.50, 13.00 for 10 of 30 days come back, 390.00 are charged.
# 390.00 - 13.00 + 15.00 = 392.00. By the days of April: 4.50 + 6.50 = 11.00, of which 9.00 were paid.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
plan    s 9.00 EUR monthly, 90.00 EUR yearly
plan    m 39.00 EUR monthly, 390.00 EUR yearly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
submit  2026-04-16
quote   2026-04-21 alice to m yearly
expect  credit 13.00; charge 390.00; net 392.00; total 392.00; due 392.00; next invoice 2027-04-21
submit  2026-04-21
expect  yearly; period 2026-04-21 2027-04-21; invoice open 392.00; covers m 2026-04-16 2026-04-21 6.50 unpaid
paid    2026-04-22
expect  covers m 2026-04-16 2026-04-21 6.50; covers m 2026-04-21 2027-04-21 390.00; balance 0.00; booked sales 401.00
later   2026-05-01
expect  nothing
