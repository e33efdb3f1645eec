# On the chosen day the payment fails, with on_failure = "apply": the change is made that day, and its invoice is owed
policy  vps
terms   choose_date = true, on_failure = "apply"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-20
submit  2026-04-11 by card declines
later   2026-04-20T00:00
gateway 2026-04-20T00:01 declined
expect  change applied; on m; invoice open 7.33; wanted m generation 2; mail plan_changed
expect  covers s 2026-04-01 2026-04-20 6.33; covers m 2026-04-20 2026-05-01 11.00 unpaid
paid    2026-04-25
expect  no open invoice; covers m 2026-04-20 2026-05-01 11.00
