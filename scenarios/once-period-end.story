# A change that is made with the next period is charged once on the invoice of that
policy  vps
rule    direction = "downgrade" set when = "period_end"
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
given   2026-04-01 alice on m monthly
expect  invoice paid 50.00
quote   2026-04-11 alice to s
expect  credit 0.00; charge 0.00; due 0.00; recurring 10.00
submit  2026-04-11
later   2026-05-01
expect  on s; invoice open 25.00; costs 10.00
later   2026-06-01
expect  invoice open 10.00
