# V5, V6: an upgrade paid by card
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly by card pays
quote   2026-04-11 alice to m
submit  2026-04-11 by card pays
expect  invoice open 13.33; payment sent; still s; mail change_ordered
gateway 2026-04-11T12:01 captured
expect  on m; payment captured; invoice paid 13.33; mail plan_changed; mail service_resized; balance 0.00
again   2026-04-11T12:02
expect  refused attempt-not-running; nothing
later   2026-05-01
expect  invoice open 30.00; payment sent
gateway 2026-05-01T12:01 captured
expect  no open invoice; mail payment_received; covers m 2026-05-01 2026-06-01 30.00
