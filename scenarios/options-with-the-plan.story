# Plan and option change together: one up, the other down, in one document
#
# 11 April: s 6.67 and 2 units of memory 4 - round(1.3333) = 2.67 back; m 20.00 charged, and 1 unit
# 2 - round(0.6667) = 1.33.
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  memory 2.00 EUR monthly
given   2026-04-01 alice on s monthly with memory 2
expect  invoice paid 14.00
quote   2026-04-11 alice to m with memory 1
expect  credit 9.34; charge 21.33; due 11.99; upgrade; recurring 32.00
submit  2026-04-11
paid    2026-04-11
expect  on m; with memory 1; invoices 2; wanted m with memory 1 generation 2
