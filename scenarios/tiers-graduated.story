# Graduated tiers: each seat costs what its tier says, and a change costs the part of the two sums that is left
#
# A month: seats 1 to 3 for nothing, 4 to 10 for 8.00 each, more for 5.00 each. Five seats are 2 × 8.00 = 16.00; twelve
# are 7 × 8.00 + 2 × 5.00 = 66.00. 11 April, 20 of 30 days are left: 16.00 × 20/30 = 10.67 back, 66.00 × 20/30 = 44.00
# charged. 21 April, down to four: of the 44.00 the ten days left give 66.00 × 10/30 = 22.00 back, and 8.00 × 10/30 = 2.67
# is charged. Down to three gives those 2.67 back, so that 22.00 are on the balance, which pays May's 10.00.
policy  vps
plan    s 10.00 EUR monthly
option  seat graduated 0.00 to 3 then 8.00 to 10 then 5.00 EUR monthly, by the seat, up to 50
given   2026-04-01 alice on s monthly with seat 5
expect  costs 26.00; covers seat 2026-04-01 2026-05-01 16.00
quote   2026-04-11 alice to s with seat 12
expect  upgrade; credit 10.67; charge 44.00; due 33.33; recurring 76.00
submit  2026-04-11
paid    2026-04-11
expect  with seat 12; costs 76.00; covers seat 2026-04-11 2026-05-01 44.00
quote   2026-04-21 alice to s with seat 4
expect  downgrade; credit 22.00; charge 2.67; to balance 19.33; recurring 18.00
submit  2026-04-21
expect  with seat 4; costs 18.00
quote   2026-04-21T13:00 alice to s with seat 3
submit  2026-04-21T13:00
expect  with seat 3; costs 10.00; balance 22.00
later   2026-05-02
expect  invoice paid 10.00; balance 12.00; covers seat 2026-05-01 2026-06-01 0.00
