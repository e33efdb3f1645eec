# An upgrade on an unpaid renewal bills the new plan and releases the debt of the old one
#
# 11 May: 10 - round(10 x 10/31 = 3.2258) = 6.77 are owed no more; 30 - 9.68 = 20.32 are charged.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
later   2026-05-01
quote   2026-05-11 alice to m
expect  credit 0.00; debt 6.77; charge 20.32; due 20.32; upgrade
submit  2026-05-11
paid    2026-05-11
expect  on m; invoice open 3.23; credit note 6.77
paid    2026-05-12 oldest
expect  no open invoice; balance 0.00
