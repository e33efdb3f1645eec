# What the first period is rounded off is carried to the changes in it, and its tax goes with it
#
# 15 of 31 days of 10.00 are 4.8387, billed as 4.84: a seventh of a cent more. On the 20th 12 days are left. 10 - round(10 x
# 19/31 = 6.1290) = 3.87 back, exactly 3.8710; 20 - round(20 x 19/31 = 12.2581) = 7.74. 3 days of s cost 0.97, exactly
# 0.9677. There and back is nothing, and 19% of what is billed are added: 0.92 to 4.84, 0.74 back of it.
policy  vps
terms   bill_day = 1, anchor = "keep"
plan    s 10.00 EUR monthly
plan    m 20.00 EUR monthly
tax     19% VAT
given   2026-03-17 alice on s monthly
expect  invoice paid 5.76; covers s 2026-03-17 2026-04-01 4.84 tax 0.92
quote   2026-03-20 alice to m
expect  credit 3.87; charge 7.74; net 3.87
submit  2026-03-20
paid    2026-03-20
expect  on m; covers s 2026-03-17 2026-03-20 0.97; covers m 2026-03-20 2026-04-01 7.74
quote   2026-03-20T14:00 alice to s
expect  credit 7.74; charge 3.87; net -3.87
submit  2026-03-20T14:00
quote   2026-03-20T15:00 alice to m
expect  credit 3.87; charge 7.74
submit  2026-03-20T15:00
expect  on m; covers m 2026-03-20 2026-04-01 7.74; balance 0.00
