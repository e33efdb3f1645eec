# on_failure = "lapse": no answer is no failure; the failure that is learned of later ends the waiting
policy  vps
terms   on_failure = "lapse"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card times_out_after_charging
gateway 2026-04-11T12:01 silent
expect  payment unknown; change open; still s
withdraw 2026-04-11T12:02
expect  refused change-being-paid; nothing
gateway 2026-04-11T12:03 declined
expect  change lapsed; invoice void 13.33; mail change_lapsed; still s
quote   2026-04-11T12:10 alice to m
submit  2026-04-11T12:10 by card times_out_after_charging
gateway 2026-04-11T12:11 silent
paid    2026-04-11T12:12
expect  on m; invoice paid 13.33; payment unknown
gateway 2026-04-11T12:13 declined
expect  payment failed; no mail; on m; change applied
