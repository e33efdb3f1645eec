# A smaller plan lasts longer: more days than its cycle has, and then it renews from their end
#
# 16 April: 15 of 30 days of 60.00 are left: 30.00. The small plan costs 10.00 for 30 days: 90 days, to 14 July.
# On 16 June 61 of them are used, which cost 61 x 10/30 = 20.33; 9.67 are left, and buy 9.67 x 30/60 = 4.8 days: 5.
policy  vps
terms   anchor = "extend"
plan    s 10.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on l monthly
quote   2026-04-16 alice to s
expect  credit 30.00; charge 30.00; due 0.00; to balance 0.00; next invoice 2026-07-15; downgrade
submit  2026-04-16
expect  made at once; on s; period 2026-04-16 2026-07-15; covers s 2026-04-16 2026-07-15 30.00; balance 0.00
quote   2026-06-16 alice to l
expect  credit 9.67; charge 9.67; next invoice 2026-06-21
later   2026-07-15
expect  period 2026-07-15 2026-08-15; invoice open 10.00
