# A plan in arrears: one invoice has the period that is over and what was used in it
#
# April costs 9.00 and 150 units × 0.02 = 3.00. May begins to wait.
policy  vps
tax     19% VAT
plan    s 9.00 EUR monthly, billed in arrears
meter   gb 0.02 EUR monthly
given   2026-04-01 alice on s monthly
reports 2026-04-20 150 gb
expect  waits 10.71; used 150 gb; documents 0
later   2026-05-01
expect  invoice open 14.28; waits 10.71; booked sales 12.00; booked tax 2.28; used 0 gb
