# Who is in a trial is not charged more by a newer catalogue; what is sold anew has today's price
#
# The trial of s costs 2.00 now. With more disk Alice stays on s as it was sold: nothing. By the year it is sold anew: 2.00
# less her 1.00. Back to the month nothing. m, whose trial costs nothing, nothing.
policy  vps
plan    s 10.00 EUR monthly in trial 1.00, 100.00 EUR yearly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly, trial 14 days
option  disk 1.00 EUR monthly, 10.00 EUR yearly, up to 10
given   2026-04-01 alice on s monthly
publish 2026-04-02 plan s 10.00 EUR monthly in trial 2.00, 100.00 EUR yearly in trial 2.00, trial 14 days
quote   2026-04-03 alice to s with disk 2
expect  charge 0.00; due 0.00
quote   2026-04-03 alice to m
expect  charge 0.00; due 0.00
quote   2026-04-03 alice to s yearly
expect  charge 1.00; due 1.00; recurring 100.00
submit  2026-04-03
paid    2026-04-03
expect  yearly; trial until 2026-04-15
quote   2026-04-04 alice to s monthly
expect  charge 0.00; to balance 0.00
