# W5: a plan is assigned before the renewal is paid; the debt stays what it was, and is released as what it was
#
# 11 May: 10 - round(10 x 10/31 = 3.2258) = 6.77 are owed no more; 60 - 19.35 = 40.65 are charged.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
later   2026-05-01
expect  invoice open 10.00
assign  2026-05-06 m recalculated
expect  on m; costs 30.00; invoice open 10.00; covers s 2026-05-01 2026-06-01 10.00 unpaid
quote   2026-05-11 alice to l
expect  upgrade; credit 0.00; debt 6.77; charge 40.65; due 40.65
paid    2026-05-12 oldest
expect  no open invoice; covers s 2026-05-01 2026-06-01 10.00; on m; package m waits
later   2026-06-01
expect  invoice open 30.00; covers m 2026-06-01 2026-07-01 30.00 unpaid
