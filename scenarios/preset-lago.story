# Policy lago: up at once and owed, down with the next period; what is planned gives way to a change that is made now
#
# 11 April, 20 of 30 days left: 6.67 back, 20.00 charged. 20 April, 11 of 30 left: 11.00 back, 22.00 charged.
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; due 13.33; upgrade; made now; next invoice 2026-05-01
submit  2026-04-11
expect  made at once; on m; invoice open 13.33
paid    2026-04-12
quote   2026-04-15 alice to s
expect  made at period end; downgrade; total 0.00; recurring 10.00; next invoice 2026-05-01
submit  2026-04-15
expect  change scheduled; still m; costs 30.00; no open invoice
quote   2026-04-20 alice to m
expect  refused same-plan
quote   2026-04-20 alice to l
expect  credit 11.00; charge 22.00; due 11.00; made now
submit  2026-04-20
expect  on l; change applied; mail change_withdrawn; mail plan_changed
paid    2026-04-20
later   2026-05-01
expect  still l; invoice open 60.00; change applied
