# What the customer is to get waits for the next invoice; an upgrade before it is charged less, once it is paid
#
# 16 April, m to s: 19.50 back, 4.50 charged: -15.00 wait. 21 April to l, 10 of 30 days left: 3.00 of the 4.50 come back,
# 20.00 are charged: 20.00 - 3.00 - 15.00 = 2.00 to pay first. Withdrawn, the 15.00 wait on; ordered again and paid, they
# are used. By the days of April: 19.50 + 1.50 + 20.00 = 41.00 = 39.00 + 2.00.
policy  vps
terms   settle_credit = "next_invoice"
plan    s 9.00 EUR monthly
plan    m 39.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-16 alice to s
submit  2026-04-16
quote   2026-04-21 alice to l
expect  credit 3.00; charge 20.00; net 2.00; due 2.00
submit  2026-04-21
expect  still s; invoice open 2.00; booked sales 41.00
withdraw 2026-04-21
expect  waits -15.00; invoice void 2.00; credit note 2.00; booked sales 39.00; covers s 2026-04-16 2026-05-01 4.50 unpaid
quote   2026-04-21 alice to l
expect  due 2.00
submit  2026-04-21
paid    2026-04-21
expect  on l; waits 0.00; covers s 2026-04-16 2026-04-21 1.50; covers l 2026-04-21 2026-05-01 20.00
later   2026-05-01
expect  invoice open 60.00; balance 0.00
