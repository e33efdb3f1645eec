# Parameter 38: within seven days everything goes back, the setup price too, if nothing was used
#
# 30.00 and 9.00 of setup, and 10 % tax: 42.90 were paid. On the 7th day, 7 April, all of it goes back, though seven days of 30
# were had.
policy  used-day
plan    s 30.00 EUR monthly setup 9.00
tax     10% VAT
given   2026-04-01 alice on s monthly
expect  invoice paid 42.90
cancel  2026-04-07 now
expect  credit 39.00; tax -3.90; to balance 42.90; balance 42.90; credit note 42.90; booked sales 0.00; booked tax 0.00
expect  access ended; no open invoice
