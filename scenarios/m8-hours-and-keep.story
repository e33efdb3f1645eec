# Tries by the hour, and no more than that: access is kept, the invoice is owed, and the next period is billed
policy  vps
dunning retries = { offsets = [24, 24], counted_from = "previous_attempt", unit = "hour" }
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01T15:00 declined
later   2026-05-02T14:59
expect  nothing
later   2026-05-02T15:00
expect  payments 3
gateway 2026-05-02T15:00 declined
later   2026-05-03T15:00
expect  payments 4
gateway 2026-05-03T15:00 declined
later   2026-05-31
expect  nothing
later   2026-06-01
expect  payments 5; access full; invoices 3
