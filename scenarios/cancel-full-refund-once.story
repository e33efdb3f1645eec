# Parameter 38: everything goes back once of a product; who starts again after an end is given back the days that are left
#
# 30.00 go back whole on 7 April. The second time 13 April is the 6th of 30 days, and used: 30.00 x 24/30 = 24.00.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-07 now
expect  credit 30.00; balance 30.00; access ended
given   2026-04-08 alice on s monthly
expect  balance 0.00
cancel  2026-04-13 now
expect  credit 24.00; balance 24.00; access ended
