# A year that is left early is counted by the month: 470 - 3 x 47 = 329
#
# 15 March is in the third month. On 1 March it would have been two: 470 - 94 = 376.
policy  vps
terms   claw_back = "used_months"
plan    free 0.00 EUR monthly, 0.00 EUR yearly
plan    pro 47.00 EUR monthly, 564.00 EUR yearly less 94.00
given   2026-01-01 alice on pro yearly
expect  invoice paid 470.00
quote   2026-03-01 alice to free
expect  credit 376.00
quote   2026-03-15 alice to free
expect  credit 329.00; to balance 329.00
submit  2026-03-15
expect  balance 329.00; covers pro 2026-01-01 2026-03-15 141.00
