# Rounded at the price of a day: 0.33 a day, ten days used, 3.30; 6.70 comes back
policy  vps
terms   rounding_stage = "unit_rate"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.70; charge 20.00; due 13.30
