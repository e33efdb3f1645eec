# An order that would end a trial and is not paid lapses with the trial; the plan of before is invoiced
policy  vps
terms   trial = "end", payment_hours = 1000
plan    s 10.00 EUR monthly, trial 14 days
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to l
submit  2026-04-05
expect  change open; invoice open 60.00; trial until 2026-04-15
later   2026-04-15
expect  change lapsed; on s; no trial; invoice void 60.00; invoice open 10.00; period 2026-04-15 2026-05-15
paid    2026-04-15 60.00 balance
expect  on s; balance 60.00
