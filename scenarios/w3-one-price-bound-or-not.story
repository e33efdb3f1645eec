# W3: a price bound to a plan that says the same as the unbound one makes no difference; nothing is given back for it
#
# 16 April, 15 of 30 days are left: half of 10.00 back, half of 30.00 charged; the add-on stays as it was sold, although
# its unbound price went up meanwhile on both sides alike.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  op 8.00 EUR monthly, yes or no
given   2026-04-01 alice on s monthly with op 1
publish 2026-04-10 option op 9.00 EUR monthly, 9.00 EUR monthly on m, yes or no
quote   2026-04-16 alice to m
expect  credit 5.00; charge 15.00; due 10.00; recurring 38.00
