# 30/360: every month has 30 days; from 16 May to 1 June are 15 of them
policy  vps
terms   denominator = "thirty_360", remainder = "rounded"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-05-01 alice on s monthly
quote   2026-05-16 alice to m
expect  credit 5.00; charge 15.00; due 10.00
