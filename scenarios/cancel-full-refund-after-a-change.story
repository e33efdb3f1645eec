# A change in the first days does not end the promise while its period goes on: all that was billed for it goes back
#
# s at 30.00 on the 1st; m at 60.00 from the 3rd: 2 and 3 April are had of s (with the used day of the change), so 27 of 30
# days go back, 27.00, and 28 days of m cost 56.00: 29.00 are paid. On the 5th all 59.00 go back.
policy  used-day
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to m
expect  credit 27.00; charge 56.00; due 29.00
submit  2026-04-03
paid    2026-04-03
cancel  2026-04-05 now
expect  to balance 59.00; balance 59.00; booked sales 0.00
