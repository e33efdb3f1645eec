# Policy whmcs: the difference of the two prices for the days until the due date, made when it is paid (W2)
#
# 20 of 30 days are left. 10.00 x 20/30 = 6.67 and 20.00 x 20/30 = 13.33 are 6.66 apart; the difference of the prices,
# 10.00 x 20/30, is 6.67. That is due, and the stray cent is on the new line: 6.67 + 6.67 = 13.34. And the same way back.
policy  whmcs
plan    s 10.00 EUR monthly
plan    m 20.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 13.34; due 6.67; upgrade; next invoice 2026-05-01; recurring 20.00
submit  2026-04-11
expect  still s; invoice open 6.67; change open
paid    2026-04-11
expect  on m; covers s 2026-04-01 2026-04-11 3.33; covers m 2026-04-11 2026-05-01 13.34; mail plan_changed
quote   2026-04-11 alice to s
expect  credit 13.34; charge 6.67; to balance 6.67; downgrade
submit  2026-04-11
expect  on s; covers s 2026-04-11 2026-05-01 6.67; balance 6.67
