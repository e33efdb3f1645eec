# W5: a year that is left early after a free upgrade is counted by the months of the plan that was paid: 470 - 3 x 47
policy  vps
terms   claw_back = "used_months"
plan    free 0.00 EUR monthly, 0.00 EUR yearly
plan    pro 47.00 EUR monthly, 564.00 EUR yearly less 94.00
plan    max 99.00 EUR monthly, 1188.00 EUR yearly
given   2026-01-01 alice on pro yearly
assign  2026-02-01 max
expect  on max; costs 470.00
quote   2026-03-15 alice to free
expect  credit 329.00; to balance 329.00
