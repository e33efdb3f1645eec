# W4: customers change only to the plans that are open to them; staff to all
policy  vps
plan    s 10.00 EUR monthly, only to m
plan    m 30.00 EUR monthly, only to s l
plan    l 60.00 EUR monthly
option  memory 2.00 EUR monthly, up to 8
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to l
expect  refused not-permitted
quote   2026-04-11 alice to l by staff
expect  due 33.33
quote   2026-04-11 alice to s
expect  refused same-plan
quote   2026-04-11 alice to huge
expect  refused unknown-plan
quote   2026-04-11 alice to s with memory 9
expect  refused too-much
quote   2026-04-11 alice to s with gold 1
expect  refused unknown-option
publish 2026-04-11 plan m 30.00 EUR monthly, retired
quote   2026-04-11 alice to m
expect  refused plan-retired
quote   2026-05-01T00:00 alice to l by staff
expect  refused period-over
