# An open change is taken back with a cancellation, and its invoice is void
policy  used-day
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11
expect  change open; invoice open 21.00
cancel  2026-04-12 at period end
expect  change withdrawn; no open invoice; mail cancellation_scheduled; mail change_withdrawn
later   2026-05-01
expect  still s; access ended; invoices 2; booked sales 30.00
