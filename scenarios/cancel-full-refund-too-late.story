# On the eighth day the rest goes back: 8 of 30 days are used, 22.00 of 30.00, and nothing of the setup
policy  used-day
plan    s 30.00 EUR monthly setup 9.00
given   2026-04-01 alice on s monthly
cancel  2026-04-08 now
expect  credit 22.00; to balance 22.00; balance 22.00; booked sales 17.00
