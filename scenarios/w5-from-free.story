# W5: from the free plan staff give a larger one for this month; it is billed from the next
policy  vps
plan    free 0.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on free monthly
assign  2026-04-11 m recalculated
expect  on m; costs 30.00; documents 0; covers free 2026-04-01 2026-05-01 0.00
quote   2026-04-21 alice to free
expect  downgrade; credit 0.00; charge 0.00; due 0.00; to balance 0.00
later   2026-05-01
expect  invoice open 30.00
