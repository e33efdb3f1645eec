# M03: on the second of 31 days, 30 of 31 parts of the difference
#
# 10 - round(10 x 1/31) = 10 - 0.32 = 9.68; 30 - round(30 x 1/31) = 30 - 0.97 = 29.03; 19.35 and not 20.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-05-01 alice on s monthly
quote   2026-05-02 alice to m
expect  credit 9.68; charge 29.03; due 19.35
submit  2026-05-02
paid    2026-05-02
expect  on m; covers s 2026-05-01 2026-05-02 0.32; covers m 2026-05-02 2026-06-01 29.03
