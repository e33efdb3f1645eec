# A setup price goes back with the first period too where that begins on the day after the change that charges it
#
# From free to 30.00 on the 10th: the month begins on 11 April. 9.00 of setup are asked with it; on the 12th all 39.00 go back.
policy  day-to-old
terms   free_to_paid = "restart"
cancellation when = ["now"], full_refund_days = 7
plan    f 0.00 EUR monthly
plan    m 30.00 EUR monthly setup 9.00
given   2026-04-01 alice on f monthly
quote   2026-04-10 alice to m
expect  charge 39.00; due 39.00
submit  2026-04-10
paid    2026-04-10
expect  on m; period 2026-04-11 2026-05-11
cancel  2026-04-12 now
expect  credit 39.00; to balance 39.00; booked sales 0.00; access ended
