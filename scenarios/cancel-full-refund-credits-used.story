# One hour that was used, and the rest goes back by days: 28 of 30 days, 28.00
policy  used-day
plan    s 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on s monthly
uses    2026-04-02 1
cancel  2026-04-02 now
expect  credit 28.00; to balance 28.00
