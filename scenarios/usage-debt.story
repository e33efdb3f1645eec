# A change that releases what is unpaid of a period does not release what was used before it
#
# April's 100 units cost 5.00, on the unpaid invoice of May: 30.00 + 5.00. On 11 May, 21 of 31 days are left: of the 30.00
# that nobody paid 30.00 × 21/31 = 20.32 are released, less the 10.00 × 21/31 = 6.77 of s, which are charged. Of the invoice
# 35.00 − 20.32 = 14.68 stay open.
policy  vps
terms   gate = "none"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   gb 0.05 EUR monthly
given   2026-04-01 alice on m monthly
reports 2026-04-10 100 gb
later   2026-05-01
expect  invoice open 35.00
quote   2026-05-11 alice to s
expect  debt 20.32; credit 0.00; charge 6.77; due 6.77
submit  2026-05-11
expect  on s; credit note 20.32; invoice open 14.68; invoice open 6.77
