# A trial that is cancelled costs nothing, and there is no second one
policy  used-day
plan    s 30.00 EUR monthly, trial 14 days
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15
cancel  2026-04-05 now
expect  credit 0.00; to balance 0.00; documents 0; access ended
given   2026-04-06 alice on s monthly
expect  no trial; invoice paid 30.00
