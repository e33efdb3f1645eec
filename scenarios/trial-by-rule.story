# A rule of its own for changes in a trial: up to the large plan ends it, everything else keeps it
policy  vps
rule    phase = "trial", to = ["l"] set trial = "end"
plan    s 10.00 EUR monthly, trial 14 days
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to m
expect  due 0.00; next invoice 2026-04-15
submit  2026-04-05
expect  on m; trial until 2026-04-15
quote   2026-04-06 alice to l
expect  credit 0.00; charge 60.00; due 60.00; next invoice 2026-05-06
submit  2026-04-06 by card pays
gateway 2026-04-06 captured
expect  on l; no trial; period 2026-04-06 2026-05-06; balance 0.00
quote   2026-04-21 alice to m
expect  credit 30.00; charge 15.00; to balance 15.00
