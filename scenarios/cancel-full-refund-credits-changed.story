# Who used all hours of one plan and then has one that gives none does not get everything back
#
# l at 60.00 on the 1st, of which the used day stays: 29 of 30 days go back, 58.00, and s costs its whole period with the day
# of the change, 30.00: 28.00 go to the balance. On the 2nd 28 of 30 days of s go back, 28.00.
policy  used-day
terms   credits = "reset"
plan    s 30.00 EUR monthly
plan    l 60.00 EUR monthly, gives 60 hours
given   2026-04-01 alice on l monthly
uses    2026-04-01 60
quote   2026-04-01 alice to s
expect  credit 58.00; charge 30.00
submit  2026-04-01
expect  on s; no credits; balance 28.00
cancel  2026-04-02 now
expect  credit 28.00; to balance 28.00; balance 56.00
