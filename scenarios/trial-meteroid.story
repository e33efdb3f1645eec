# Under meteroid a change in a trial ends it: the new plan and its option are charged in full, and the month restarts
policy  meteroid
plan    s 9.00 EUR monthly, trial 14 days
plan    l 29.00 EUR monthly
option  seat 10.00 EUR monthly, by the seat
given   2024-01-05 alice on s monthly
expect  trial until 2024-01-19; documents 0
quote   2024-01-10 alice to l with seat 1
expect  upgrade; credit 0.00; charge 39.00; due 39.00; next invoice 2024-02-10
submit  2024-01-10
expect  made at once; on l; no trial; invoice open 39.00; period 2024-01-10 2024-02-10
paid    2024-01-10
expect  covers s 2024-01-05 2024-01-10 0.00; covers l 2024-01-10 2024-02-10 29.00; covers seat 2024-01-10 2024-02-10 10.00
