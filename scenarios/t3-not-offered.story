# T3: where the policy sets the moment, another one is refused
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s at period end
expect  refused when-not-offered
quote   2026-04-11 alice to s now
expect  made now; to balance 13.33
