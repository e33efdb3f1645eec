# On the chosen day the payment fails, with on_failure = "lapse": the change is over, and nothing has happened
policy  vps
terms   choose_date = true, on_failure = "lapse"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
grant   2026-04-10 5.00
quote   2026-04-11 alice to m on 2026-04-20
expect  total 7.33; due 7.33
submit  2026-04-11 by card declines
expect  balance 5.00; reserved 0.00
later   2026-04-20T00:00
expect  change open; invoice open 2.33; reserved 5.00
gateway 2026-04-20T00:01 declined
expect  change lapsed; invoice void 7.33; balance 5.00; reserved 0.00; still s; mail change_lapsed; no open invoice
