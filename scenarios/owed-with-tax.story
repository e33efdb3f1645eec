# What was never paid is released with its tax
#
# 20.00 + 3.80 less 6.67 + 1.27 is 15.86, open. On 21 April half of the 20.00 is released: 10.00 + 1.90 = 11.90; 3.96 stays.
# The small plan is charged 3.33 + 0.63.
policy  killbill-days
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  total 15.86
submit  2026-04-11
quote   2026-04-21 alice to s
expect  credit 0.00; debt 11.90; charge 3.33; tax 0.63; total 3.96; due 3.96
submit  2026-04-21
expect  credit note 11.90; invoices 3; booked tax 3.16; booked receivable 7.92
expect  covers m 2026-04-11 2026-04-21 10.00 tax 1.90 unpaid
paid    2026-04-21 oldest
paid    2026-04-21 oldest
expect  no open invoice; booked receivable 0.00; booked sales 16.66; booked cash_bank 19.82
