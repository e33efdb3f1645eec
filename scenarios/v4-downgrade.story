# V4: a downgrade is made at once, and the difference is on the balance with a credit note
#
# 20 of 30 days are left: 30 - 10 = 20.00 back, 10 - round(3.3333) = 6.67 charged.
restart 60
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s
expect  credit 20.00; charge 6.67; due 0.00; to balance 13.33; downgrade; restarts; recurring 10.00
submit  2026-04-11
expect  downgrade; on s; balance 13.33; credit note 13.33; credit notes 1; wanted s generation 2; mail plan_changed
expect  covers m 2026-04-01 2026-04-11 10.00; covers s 2026-04-11 2026-05-01 6.67; no open invoice
again   2026-04-11
expect  nothing
# The next period is paid from the balance.
later   2026-05-01
expect  invoice paid 10.00; balance 3.33; documents 3
