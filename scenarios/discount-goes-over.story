# A percentage goes over to the new price where the policy says so
#
# 10.00 less 10 % is 9.00, a third used: 6.00 back. 30.00 less 10 % is 27.00: 18.00 charged.
policy  vps
terms   discount_on_switch = "keep"
plan    s 10.00 EUR monthly less 10%
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  invoice paid 9.00
quote   2026-04-11 alice to m
expect  credit 6.00; charge 18.00; due 12.00; recurring 27.00
submit  2026-04-11
paid    2026-04-11
expect  costs 27.00
