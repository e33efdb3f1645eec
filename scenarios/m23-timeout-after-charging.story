# M23: the card was charged and the answer was lost: unknown is a state, and the money is taken once
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card times_out_after_charging
expect  invoice open 13.33; payment sent; still s
gateway 2026-04-11T12:01 silent
expect  payment unknown; still s; change open; no mail
withdraw 2026-04-11T12:02
expect  refused change-being-paid; nothing
pay     2026-04-11T12:03 by card pays
expect  refused payment-running; nothing
gateway 2026-04-11T12:10 captured
expect  payment captured; on m; invoice paid 13.33; mail plan_changed; balance 0.00
again   2026-04-11T12:11
expect  refused attempt-not-running; nothing
