# Prices contain the tax: the total is the price, and the tax in it is told and booked
#
# 11.90 contains 1.90. On 11 April a third is used, 3.97: 7.93 back; 3.97 of 11.90 keeps 0.63 of the tax, 1.27 comes
# back. 35.70 - 11.90 = 23.80 charged, which contains 3.80. Tax 2.53, sales 10.00 + 15.87 - 2.53 = 23.34.
policy  vps
tax     19% VAT included
plan    s 11.90 EUR monthly
plan    m 35.70 EUR monthly
given   2026-04-01 alice on s monthly
expect  invoice paid 11.90; booked tax 1.90; booked sales 10.00
quote   2026-04-11 alice to m
expect  credit 7.93; charge 23.80; net 15.87; tax 2.53; total 15.87; due 15.87
submit  2026-04-11
paid    2026-04-11
expect  booked tax 4.43; booked sales 23.34; booked cash_bank 27.77
expect  covers s 2026-04-01 2026-04-11 3.97 tax 0.63; covers m 2026-04-11 2026-05-01 23.80 tax 3.80
