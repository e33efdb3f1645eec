# A change that is made before it is paid, and another before the first is paid: what the first netted comes back
#
# 11 April, 20 of 30 days are left. Up to m: 20.00 less the 6.67 that were paid of s, 13.33 are owed. Up to l on the same
# day: 40.00, and m's 20.00 come back: 13.33 off the open invoice, the 6.67 that s had paid to the balance.
# Held against the list: 10.00 + 40.00 were brought or are owed, 6.67 are on the balance: 3.33 of s and 40.00 of l.
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; due 13.33
submit  2026-04-11
expect  on m; invoice open 13.33
quote   2026-04-11 alice to l
expect  credit 0.00; debt 20.00; charge 40.00; due 40.00
submit  2026-04-11
expect  on l; invoice open 40.00; invoice paid 13.33; credit note 20.00; balance 6.67
