# A customer moves down on a day of their choice: nothing goes to the balance before
#
# 30.00 × 11/30 = 11.00 back, 10.00 × 11/30 = 3.67 charged: 7.33 to the balance on the 20th. The same under a policy whose
# downgrades are made with the next period, where no day is named.
policy  vps
terms   choose_date = true
rule    direction = "downgrade" set when = "period_end"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s
expect  downgrade; made at period end
quote   2026-04-11 alice to s on 2026-04-20
expect  made on 2026-04-20; credit 11.00; charge 3.67; total -7.33; to balance 7.33; due 0.00
submit  2026-04-11
expect  change scheduled; still m; balance 0.00; documents 1
later   2026-04-20T00:00
expect  change applied; on s; wanted s generation 2; balance 7.33; credit note 7.33; no open invoice; mail plan_changed
expect  covers m 2026-04-01 2026-04-20 19.00; covers s 2026-04-20 2026-05-01 3.67
