# Everything goes back once of a product, also where two were had at once: one ended, and the other goes back by days
#
# The first ends with April. The second began on 28 April and could go back whole until 4 May; on the 3rd 6 of 30 days are
# used: 30.00 x 24/30 = 24.00.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-10 at period end
given   2026-04-28 alice on s monthly
later   2026-05-01
cancel  2026-05-03 now
expect  credit 24.00; to balance 24.00; balance 24.00; booked sales 36.00; access ended
