# With the end of its trial
policy  vps
plan    s 30.00 EUR monthly, trial 14 days
given   2026-04-01 alice on s monthly
cancel  2026-04-05 at period end
later   2026-04-15
expect  access ended; documents 0
