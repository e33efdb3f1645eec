# lago: a termination owns its day, whoever owns the day of a change
#
# 15 April: 15 days are used, 15 go back: 31.00 − 15.50. Customers there end at once, or not at all by themselves.
policy  lago
plan    s 31.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-15 at period end
expect  refused cancellation-not-offered
cancel  2026-04-15 now
expect  credit 15.50; to balance 15.50; balance 15.50; covers s 2026-04-01 2026-04-16 15.50
