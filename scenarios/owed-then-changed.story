# Made at once and not paid: the next change takes what was never paid off the open invoice
#
# 21 April: a third is left of the 30.00 days' price, 10.00 of the 20.00 that are owed. 20.00 charged for the large plan.
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  due 13.33
submit  2026-04-11
expect  made at once; on m; invoice open 13.33; covers m 2026-04-11 2026-05-01 20.00 unpaid
quote   2026-04-21 alice to l
expect  credit 0.00; debt 10.00; charge 20.00; due 20.00
submit  2026-04-21
expect  on l; credit note 10.00; invoice open 3.33; invoice open 20.00
expect  covers m 2026-04-11 2026-04-21 10.00 unpaid; covers l 2026-04-21 2026-05-01 20.00 unpaid
paid    2026-04-22 oldest
expect  invoice paid 13.33; covers m 2026-04-11 2026-04-21 10.00; invoice open 20.00
paid    2026-04-23 oldest
expect  no open invoice; covers l 2026-04-21 2026-05-01 20.00; balance 0.00
