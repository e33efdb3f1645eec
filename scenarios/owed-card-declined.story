# Made at once: a declined card leaves the change as it is and the invoice open
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card declines
expect  on m; change applied; payment sent
gateway 2026-04-11 declined
expect  still m; invoice open 13.33; payment failed; mail payment_failed
withdraw 2026-04-12
expect  refused change-not-open
pay     2026-04-13 by card pays
gateway 2026-04-13 captured
expect  invoice paid 13.33; no open invoice
