# Renewals go on while invoices are open; what is paid late is noted on the months it was for
policy  vps
plan    s 10.00 EUR monthly
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly with memory 1
later   2026-05-01
expect  invoice open 12.00; covers memory 2026-05-01 2026-06-01 2.00 unpaid
# 30 of 31 days are left on the 2nd: 2 - round(0.0645) = 1.94 are owed no more.
quote   2026-05-02 alice to s without memory
expect  credit 0.00; debt 1.94; charge 0.00; due 0.00; to balance 0.00; downgrade
submit  2026-05-02
expect  with memory 0; invoice open 10.06; credit note 1.94; balance 0.00
later   2026-06-01
expect  invoice open 10.00; invoice open 10.06; costs 10.00; covers s 2026-06-01 2026-07-01 10.00 unpaid
paid    2026-06-02 oldest
expect  covers s 2026-05-01 2026-06-01 10.00; covers memory 2026-05-01 2026-05-02 0.06; invoice open 10.00
paid    2026-06-03
expect  no open invoice; balance 0.00
later   2026-07-01
expect  invoice open 10.00; period 2026-07-01 2026-08-01
