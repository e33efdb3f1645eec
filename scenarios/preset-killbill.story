# Policy killbill-days: the used part is kept by a factor of nine decimals, the change is made at once and owed
#
# 25 of 30 days are used, 0.833333333. Of 10.05 that is 8.37499..., so 8.37 is kept and 1.68 given back (the exact
# fraction would keep 8.375, that is 8.38). Of 30.15 it is 25.12499..., so 25.12, and 5.03 is charged.
policy  killbill-days
plan    s 10.05 EUR monthly
plan    m 30.15 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-26 alice to m
expect  credit 1.68; charge 5.03; due 3.35; made now; next invoice 2026-05-01
submit  2026-04-26
expect  made at once; on m; change applied; invoice open 3.35; mail plan_changed; wanted m generation 2
expect  covers s 2026-04-01 2026-04-26 8.37; covers m 2026-04-26 2026-05-01 5.03 unpaid
paid    2026-04-27
expect  covers m 2026-04-26 2026-05-01 5.03; no open invoice
