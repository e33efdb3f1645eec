# quantity_decrease = "no_refund" with volume tiers: fewer units that cost more are charged with the next period only
#
# Up to nine units 4.00 each, from the tenth on 3.00 each. Ten are 30.00, eight are 32.00. The ten are paid to the end of
# the month, so that eight of them cost nothing; the next month is 32.00. Twelve on 21 April: 36.00 × 10/30 less the
# 30.00 × 10/30 of the ten.
policy  vps
terms   quantity_decrease = "no_refund"
plan    m 30.00 EUR monthly
option  memory volume 4.00 to 9 then 3.00 EUR monthly, up to 20
given   2026-04-01 alice on m monthly with memory 10
quote   2026-04-11 alice to m with memory 8
expect  credit 0.00; charge 0.00; due 0.00; recurring 62.00
submit  2026-04-11
expect  with memory 8; costs 62.00; covers memory 2026-04-01 2026-05-01 30.00
quote   2026-04-21 alice to m with memory 12
expect  credit 10.00; charge 12.00; due 2.00; recurring 66.00
