# Where nothing is left, a new period is charged in full: from a free plan, and of what was never paid
#
# 11 April: the free plan has nothing left; 30.00 for a month. Before it is paid again for the next one, on 15 May, the
# smaller plan is chosen: nothing of 30.00 was paid, so the debt is released and 10.00 asked for.
policy  vps
terms   anchor = "extend"
plan    free 0.00 EUR monthly
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on free monthly
quote   2026-04-11 alice to m
expect  credit 0.00; charge 30.00; due 30.00; next invoice 2026-05-11
submit  2026-04-11
paid    2026-04-11
expect  on m; period 2026-04-11 2026-05-11
later   2026-05-11
expect  invoice open 30.00
quote   2026-05-15 alice to s
expect  credit 0.00; debt 26.13; charge 10.00; due 10.00; next invoice 2026-06-15
# To the free plan: what is left stays the customer's, on the balance. 30.00 - round(30 x 4/31) = 26.13.
paid    2026-05-15
quote   2026-05-15 alice to free
expect  credit 26.13; charge 0.00; to balance 26.13; next invoice 2026-06-15
submit  2026-05-15
expect  on free; balance 26.13
