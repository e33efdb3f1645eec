# A card that is declined after the invoice was paid otherwise, or cancelled, asks nobody to pay again
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card times_out_after_charging
gateway 2026-04-11T12:01 silent
paid    2026-04-11T12:02
expect  on m; invoice paid 13.33; payment unknown
gateway 2026-04-11T12:10 declined
expect  payment failed; no mail; invoice paid 13.33; on m
quote   2026-04-11T12:20 alice to l
submit  2026-04-11T12:20 by card times_out_after_charging
gateway 2026-04-11T12:21 silent
later   2026-04-15
expect  change lapsed; invoice void 20.00; payment unknown
gateway 2026-04-15T12:01 declined
expect  payment failed; no mail; no open invoice
