# A period from 31 January ends with 27 February: the last day that can be chosen
#
# 13 of 28 days are left on 15 February: 10.00 × 13/28 = 4.64 back, 30.00 × 13/28 = 13.93 charged. The next period begins on
# the 28th, the one after it on 31 March.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-01-31 alice on s monthly
quote   2026-02-01 alice to m on 2026-02-28
expect  refused date-outside
quote   2026-02-01 alice to m on 2026-02-27
expect  credit 0.36; charge 1.07; due 0.71
quote   2026-02-01 alice to m on 2026-02-15
expect  credit 4.64; charge 13.93; due 9.29; next invoice 2026-02-28
submit  2026-02-01
later   2026-02-15T00:00
paid    2026-02-15T09:00
expect  on m; covers s 2026-01-31 2026-02-15 5.36; covers m 2026-02-15 2026-02-28 13.93
later   2026-02-28
expect  invoice open 30.00; period 2026-02-28 2026-03-31
