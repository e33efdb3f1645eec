# Parts of a cent fall away: 6.666... is 6.66
policy  vps
terms   rounding = "truncate", remainder = "rounded"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.66; charge 20.00; due 13.34
