# What is left buys days of the new plan, and what that costs once is to be paid beside them
#
# 15 of 30 days of s are left, 5.00: at 30.00 for 30 days that is 5 days of m. The 20.00 buys none and is due.
policy  vps
terms   anchor = "extend"
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  credit 5.00; charge 25.00; net 20.00; due 20.00; next invoice 2026-04-21
submit  2026-04-16
paid    2026-04-16
expect  on m; period 2026-04-16 2026-04-21
later   2026-04-21
expect  invoice open 30.00
