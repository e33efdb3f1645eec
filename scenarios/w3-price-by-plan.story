# W3: an add-on that costs more on the larger plan is given back and charged anew with the plan; one price stays
#
# 16 April, 15 of 30 days are left. Credit: half of 10.00 and half of 10.00. Charge: half of 30.00 and half of 20.00. The
# disk costs the same on both plans and is not touched.
# 21 April: of 15.00 for m 10.00 come back, of 10.00 for the add-on 10.00 - round(3.3333) = 6.67; charged are
#   10.00 - round(6.6667) = 3.33 for s, and as much for the add-on.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  op 10.00 EUR monthly on s, 20.00 EUR monthly on m, yes or no
option  disk 2.00 EUR monthly
given   2026-04-01 alice on s monthly with op 1 and disk 1
expect  costs 22.00
quote   2026-04-16 alice to m
expect  credit 10.00; charge 25.00; due 15.00; upgrade; recurring 52.00
submit  2026-04-16
paid    2026-04-16
expect  on m; with op 1; costs 52.00; covers op 2026-04-01 2026-04-16 5.00; covers op 2026-04-16 2026-05-01 10.00
expect  covers disk 2026-04-01 2026-05-01 2.00
quote   2026-04-21 alice to s
expect  credit 16.67; charge 6.66; to balance 10.01; downgrade; recurring 22.00
submit  2026-04-21
expect  on s; with op 1; balance 10.01; costs 22.00
