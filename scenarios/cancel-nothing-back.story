# Now, and nothing goes back: the period stays paid, and is not had
policy  vps
cancellation when = ["now"], set = { credit = "none" }
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-11 now
expect  credit 0.00; to balance 0.00; balance 0.00; documents 1; access ended; booked sales 30.00
