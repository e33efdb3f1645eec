# Billed in arrears: what was had is on the last invoice, with what was used
#
# Ten days of April are had of 30.00: 10.00 (30.00 wait, and 20.00 of them are given back). 50 GB at 0.10 are 5.00.
policy  vps
plan    s 30.00 EUR monthly, billed in arrears
meter   gb 0.10 EUR monthly
given   2026-04-01 alice on s monthly by card pays
expect  no open invoice; waits 30.00
reports 2026-04-05 50 gb
cancel  2026-04-11 now by staff
expect  total 15.00; due 15.00; invoice open 15.00; payment sent; access ended; payments 1
gateway 2026-04-11 captured
expect  invoice paid 15.00; no open invoice; booked sales 15.00
