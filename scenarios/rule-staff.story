# W5: a rule for staff: what they change is made at once and owed; what customers change waits for its payment
policy  vps
rule    asked_by = "staff" set gate = "none"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
given   2026-04-01 bob on s monthly
quote   2026-04-11 alice to m
expect  due 13.33
submit  2026-04-11
expect  change open; still s
quote   2026-04-11 bob to m by staff
expect  due 13.33
submit  2026-04-11
expect  made at once; on m; change applied; invoice open 13.33
