# In a trial nothing is charged once; the first invoice has it, at the price it was sold at
#
# Alice's trial of 14 days is over on 15 April: 10.00 for the month and 15.00 once. In hers Bob moves to m, which costs
# 20.00 once: what he never paid for is not charged. Carol ends hers by going to l, and pays 25.00 once with it.
policy  vps
rule    phase = "trial", to = ["l"] set trial = "end"
plan    s 10.00 EUR monthly setup 15.00, trial 14 days
plan    m 30.00 EUR monthly setup 20.00
plan    l 60.00 EUR monthly setup 25.00
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15; documents 0; waits 0.00
later   2026-04-15
expect  no trial; invoice open 25.00
given   2026-05-01 bob on s monthly
quote   2026-05-06 bob to m
expect  charge 0.00; net 0.00; due 0.00
submit  2026-05-06
expect  made at once; on m; documents 0
later   2026-05-15
expect  no trial; invoice open 50.00
given   2026-06-01 carol on s monthly
quote   2026-06-06 carol to l
expect  credit 0.00; charge 85.00; due 85.00
submit  2026-06-06
paid    2026-06-06
expect  on l; no trial
later   2026-07-06
expect  invoice open 60.00
