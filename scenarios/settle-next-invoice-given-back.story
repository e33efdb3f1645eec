# What waits for the next invoice is given back in part: it waits for less, and nothing goes to the balance
#
# 16 April: 15.00 wait. 21 April, 10 of 30 days are left: 39.00 x 10/30 = 13.00 come off what waits, 9.00 x 10/30 = 3.00
# are charged. With 15.00 - 13.00 + 3.00 the invoice of May is 9.00 + 5.00. By the days of April: 4.50 + 6.50 + 3.00 = 14.00,
# of which 9.00 were paid.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
submit  2026-04-16
quote   2026-04-21 alice to s
expect  credit 13.00; debt 0.00; charge 3.00; total -10.00; due 0.00; to balance 0.00; waits after 5.00
submit  2026-04-21
expect  on s; documents 1; balance 0.00; covers m 2026-04-16 2026-04-21 6.50 unpaid
later   2026-05-01
expect  invoice open 14.00; balance 0.00
