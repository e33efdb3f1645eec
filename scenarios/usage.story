# Usage is billed when its period is over: what a meter counted, less what is included, on the invoice of the next period
#
# A unit costs 0.02 from the 1001st on. April: 400 + 850 = 1250 units, 250 of them × 0.02 = 5.00. May begins with 10.00 and
# those 5.00: 15.00. In May 1000 are used: nothing is billed beside June's 10.00. In June 1001: 0.02.
policy  vps
plan    s 10.00 EUR monthly
meter   gb graduated 0.00 to 1000 then 0.02 EUR monthly
given   2026-04-01 alice on s monthly
expect  used 0 gb; costs 10.00; invoices 1; booked sales 10.00
reports 2026-04-10 400 gb
expect  used 400 gb; invoices 1; no mail; booked sales 10.00
reports 2026-04-30T23:59 850 gb
expect  used 1250 gb
later   2026-05-01
expect  invoice open 15.00; used 0 gb; booked sales 25.00; costs 10.00; covers s 2026-05-01 2026-06-01 10.00 unpaid
paid    2026-05-02
reports 2026-05-20 1000 gb
later   2026-06-01
expect  invoice open 10.00; booked sales 35.00
paid    2026-06-02
reports 2026-06-20 1001 gb
later   2026-07-01
expect  invoice open 10.02; booked sales 45.02
