# A change that waits for its day is taken back too, and never made
policy  vps
terms   choose_date = true
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to m on 2026-04-20
submit  2026-04-05
expect  change scheduled
cancel  2026-04-11 at period end
expect  change withdrawn
later   2026-04-25
expect  still s; invoices 1
later   2026-05-01
expect  access ended; invoices 1
