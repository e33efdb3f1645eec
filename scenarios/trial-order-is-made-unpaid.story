# An order that ends a trial and is made all the same when it is not paid is owed, counted from its day
policy  vps
terms   trial = "end", on_failure = "apply"
plan    s 10.00 EUR monthly, trial 14 days
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to l
submit  2026-04-05
expect  still s; trial until 2026-04-15
later   2026-04-09
expect  on l; no trial; change applied; invoice open 60.00; period 2026-04-05 2026-05-05
