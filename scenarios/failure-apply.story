# on_failure = "apply": the card is declined, the change is made all the same, and its invoice is owed
policy  vps
terms   on_failure = "apply"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  due 13.33
submit  2026-04-11 by card declines
expect  change open; still s
gateway 2026-04-11T12:01 declined
expect  on m; change applied; payment failed; invoice open 13.33; mail plan_changed; wanted m generation 2
expect  covers s 2026-04-01 2026-04-11 3.33; covers m 2026-04-11 2026-05-01 20.00 unpaid
again   2026-04-11T12:02
expect  nothing
withdraw 2026-04-11T12:03
expect  refused change-not-open; nothing
pay     2026-04-12 by card declines
gateway 2026-04-12T12:01 declined
expect  still m; invoice open 13.33; mail payment_failed
pay     2026-04-13 by card pays
gateway 2026-04-13T12:01 captured
expect  invoice paid 13.33; no open invoice; balance 0.00; covers m 2026-04-11 2026-05-01 20.00
later   2026-04-20
expect  nothing
