# Volume tiers: all units cost what the tier of the last one says, so that one more can give money back
#
# Up to nine units 4.00 each, from the tenth on 3.00 each and 2.00 once. Nine are 36.00, ten are 32.00.
# 16 April, 15 of 30 days are left: half of 36.00 back, half of 32.00 charged: 2.00 go to the balance. Back on the last
# day, one of 30 days is left: 32.00 / 30 = 1.07 back and 36.00 / 30 = 1.20 charged.
policy  vps
plan    m 30.00 EUR monthly
option  memory volume 4.00 to 9 then 3.00 plus 2.00 EUR monthly, up to 20
given   2026-04-01 alice on m monthly with memory 9
expect  costs 66.00; covers memory 2026-04-01 2026-05-01 36.00
quote   2026-04-16 alice to m with memory 10
expect  upgrade; credit 18.00; charge 16.00; net -2.00; due 0.00; to balance 2.00; recurring 62.00
submit  2026-04-16
expect  made at once; with memory 10; balance 2.00; costs 62.00; covers memory 2026-04-16 2026-05-01 16.00
quote   2026-04-30 alice to m with memory 9
expect  downgrade; credit 1.07; charge 1.20; net 0.13; from balance 0.13; due 0.00; recurring 66.00
submit  2026-04-30
expect  with memory 9; balance 1.87; costs 66.00
later   2026-05-02
expect  invoice open 64.13; covers memory 2026-05-01 2026-06-01 36.00 unpaid
