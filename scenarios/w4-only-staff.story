# W4: where a product is changed by staff alone, customers are refused
changes by staff
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  refused not-permitted
quote   2026-04-11 alice to m by staff
expect  due 13.33
submit  2026-04-11
paid    2026-04-11
expect  on m
