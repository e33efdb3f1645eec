# Who has something already is not charged for it when it begins to cost something once; who adds to it pays for what is added
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  disk 2.00 EUR monthly
given   2026-04-01 alice on s monthly with disk 2
expect  invoice paid 14.00
publish 2026-04-10 plan s 10.00 EUR monthly setup 15.00
publish 2026-04-10 option disk 2.00 EUR monthly setup 5.00
quote   2026-04-16 alice to s with disk 3
expect  credit 2.00; charge 8.00; net 6.00
submit  2026-04-16
paid    2026-04-16
quote   2026-04-16 alice to m
submit  2026-04-16
paid    2026-04-16
# s was had before, and is new again: it costs 15.00 once now.
quote   2026-04-16 alice to s
expect  credit 15.00; charge 20.00
