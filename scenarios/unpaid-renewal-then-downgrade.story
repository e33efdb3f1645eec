# A downgrade on an unpaid renewal takes the unpaid part off the debt; it does not become balance
#
# 11 May: 30.00 were billed for 31 days, 10 are used: 30 - round(9.6774) = 20.32 are owed no more.
# The small plan: 10 - round(3.2258) = 6.77. The old invoice is still owed with 30.00 - 20.32 = 9.68.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
later   2026-05-01
expect  invoice open 30.00
quote   2026-05-11 alice to s
expect  credit 0.00; debt 20.32; charge 6.77; due 6.77; to balance 0.00; downgrade
submit  2026-05-11
expect  invoice open 30.00; invoice open 6.77; still m
paid    2026-05-12
expect  on s; invoice open 9.68; credit note 20.32; balance 0.00
expect  covers m 2026-05-01 2026-05-11 9.68 unpaid; covers s 2026-05-11 2026-06-01 6.77
paid    2026-05-13 oldest
expect  no open invoice; covers m 2026-05-01 2026-05-11 9.68; balance 0.00
