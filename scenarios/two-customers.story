# What one customer does leaves the other alone
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
given   2026-04-02 bob on m monthly
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
expect  on m
# 12 April: bob's period began on the 2nd: 20 of 30 days are left.
quote   2026-04-12 bob to s
expect  credit 20.00; charge 6.67; to balance 13.33
submit  2026-04-12
expect  on s; balance 13.33; documents 2
quote   2026-04-12 alice to l
expect  on m; balance 0.00; documents 2
