# A renewal charges the tiers that were sold, also after another catalogue was published; a change is counted in today's
#
# Sold: two seats for nothing, then 6.00 each: five are 18.00. Published on 20 April: one for nothing, then 9.00 each:
# six are 45.00. 16 May of 31 days, 16 days are left: 18.00 × 16/31 = 9.29 back, 45.00 × 16/31 = 23.23 charged.
policy  vps
plan    s 10.00 EUR monthly
option  seat graduated 0.00 to 2 then 6.00 EUR monthly, by the seat, up to 50
given   2026-04-01 alice on s monthly with seat 5 by card pays
publish 2026-04-20 option seat graduated 0.00 to 1 then 9.00 EUR monthly, by the seat, up to 50
later   2026-05-02
expect  costs 28.00; covers seat 2026-05-01 2026-06-01 18.00 unpaid
gateway 2026-05-02 captured
expect  covers seat 2026-05-01 2026-06-01 18.00
quote   2026-05-16 alice to s with seat 6
expect  credit 9.29; charge 23.23; due 13.94; recurring 55.00
