# A change made before it is paid, and taken back the same day: what the old had paid of it comes back to the balance
#
# 11 April up: 10 - 3.33 = 6.67 back, 20.00 charged, 13.33 due and owed. Back: the 20.00 of the large plan were never
# paid as money, but 6.67 of them by the old plan. So 13.33 come off the invoice, and 6.67 go to the balance.
policy  killbill-days
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; due 13.33
submit  2026-04-11
expect  on m; invoice open 13.33
quote   2026-04-11 alice to s
expect  credit 0.00; debt 20.00; charge 6.67; due 6.67
submit  2026-04-11
expect  on s; invoice open 6.67; invoices 3; credit note 20.00; balance 6.67; covers s 2026-04-11 2026-05-01 6.67 unpaid
paid    2026-04-11
expect  no open invoice; balance 6.67; covers s 2026-04-11 2026-05-01 6.67
