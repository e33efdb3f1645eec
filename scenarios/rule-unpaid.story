# A rule for those who owe their period: they may only plan a change
policy  vps
rule    phase = "unpaid" set when = "period_end"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly unpaid
quote   2026-04-11 alice to s
expect  made at period end; total 0.00
quote   2026-04-11 alice to s now
expect  refused when-not-offered
paid    2026-04-12
quote   2026-04-12 alice to s
expect  made now; credit 19.00; charge 6.33; to balance 12.67
