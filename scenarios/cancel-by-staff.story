# Staff may end at once what customers may end with the period
#
# 1 to 10 April are used; under vps the day of a change belongs to the new side, so it goes back: 20 of 30 days, 20.00.
policy  vps
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-11 now by staff
expect  credit 20.00; to balance 20.00; balance 20.00; access ended
