# Customers who cannot cancel by themselves; staff can for them
policy  vps
cancellation when = []
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-11 at period end
expect  refused cancellation-not-offered
cancel  2026-04-11 at period end by staff
expect  mail cancellation_scheduled
