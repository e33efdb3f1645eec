# In arrears up to a bill day: the short first period is on the invoice of that day
#
# From 17 March 15 of 31 days: 15.00, billed on 1 April. Changed on 22 March, 10 of 31 days: 10.00 back, 20.00 charged: 25.00.
policy  vps
terms   bill_day = 1, anchor = "keep"
plan    s 31.00 EUR monthly, billed in arrears
plan    m 62.00 EUR monthly, billed in arrears
given   2026-03-17 alice on s monthly
expect  documents 0; waits 15.00; period 2026-03-17 2026-04-01
quote   2026-03-22 alice to m
expect  credit 10.00; charge 20.00; due 0.00; waits after 25.00; recurring 62.00
submit  2026-03-22
later   2026-04-01
expect  invoice open 25.00; waits 62.00; period 2026-04-01 2026-05-01
