# A change in the middle: units are billed at the price they were used at, a line for each; nothing of them is prorated or
# given back, and the quote knows nothing of them
#
# 11 April, 20 of 30 days left: 10.00 × 20/30 = 6.67 back, 30.00 × 20/30 = 20.00 charged, 13.33 due. The 100 units before
# it cost 0.05 each = 5.00, the 300 after it 0.02 each = 6.00. May: 30.00 + 5.00 + 6.00 = 41.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb 0.05 EUR monthly on s, 0.02 EUR monthly on m
given   2026-04-01 alice on s monthly
reports 2026-04-10 100 gb
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; due 13.33; recurring 30.00
submit  2026-04-11
paid    2026-04-11
expect  on m; used 100 gb
reports 2026-04-21 300 gb
expect  used 400 gb
later   2026-05-01
expect  invoice open 41.00; used 0 gb; booked sales 64.33
