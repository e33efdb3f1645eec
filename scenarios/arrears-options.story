# Options are billed when their plan is: fewer units make what waits less; what was paid in advance stays paid until it is over
#
# Alice: 9.00 + 2 x 2.00 wait. 16 April, one unit less: 2.00 back, 1.00 charged: 12.00. Bob paid 9.00 + 2.00 in advance; on m
# his unit costs the same and stays paid for April. 4.50 come back; from May on 39.00 + 2.00 are billed when they are over.
policy  vps
plan    s 9.00 EUR monthly, billed in arrears
plan    p 9.00 EUR monthly
plan    m 39.00 EUR monthly, billed in arrears
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly with memory 2
expect  waits 13.00
given   2026-04-01T12:00 bob on p monthly with memory 1
quote   2026-04-16 alice to s with memory 1
expect  downgrade; credit 2.00; charge 1.00; to balance 0.00; waits after 12.00
submit  2026-04-16
expect  with memory 1; waits 12.00; documents 0
quote   2026-04-16 bob to m
expect  credit 4.50; charge 19.50; to balance 4.50; waits after 19.50
submit  2026-04-16
expect  on m; covers memory 2026-04-01 2026-05-01 2.00; balance 4.50
later   2026-05-01
expect  invoice open 15.00; waits 41.00; covers memory 2026-05-01 2026-06-01 2.00 unpaid
