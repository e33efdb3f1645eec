# M6: an upgrade keeps the discount for the time that was used
#
# 2026-04-01 to 2027-04-01, 365 days; 73 are used with the day of the change, a fifth. 270.00 - 54.00 = 216.00 back. From
# the day of the change, 72 days in: 540.00 - 106.52 = 433.48. At the list price 210.00 would have come back.
policy  used-day
plan    m 30.00 EUR monthly, 300.00 EUR yearly less 10%
plan    l 60.00 EUR monthly, 600.00 EUR yearly less 10%
given   2026-04-01 alice on m yearly
expect  invoice paid 270.00
quote   2026-06-12 alice to l
expect  upgrade; credit 216.00; charge 433.48; due 217.48; recurring 540.00
submit  2026-06-12
paid    2026-06-12
expect  on l; covers m 2026-04-01 2026-06-13 54.00; covers l 2026-06-12 2027-04-01 433.48
