# A day is chosen where the policy says so; no preset does
policy  team
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-20
expect  refused date-not-offered
