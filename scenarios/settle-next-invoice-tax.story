# What waits keeps the tax it was quoted with, whatever the rate is when it is invoiced
#
# 16 April: 5.00 and 0.95 tax back, 20.00 and 3.80 charged: 17.85 wait. On 20 April the tax becomes 21%. The invoice of
# May is 40.00 + 8.40 + 17.85 = 66.25; its tax is 8.40 + 2.85, with the 1.90 of April 13.15.
policy  vps
terms   gate = "none", settle_charge = "next_invoice"
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 40.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  net 15.00; tax 2.85; total 17.85; due 0.00; waits after 17.85
submit  2026-04-16
expect  booked tax 1.90
publish 2026-04-20 tax 21% VAT
later   2026-05-01
expect  invoice open 66.25; booked tax 13.15; covers m 2026-04-16 2026-05-01 20.00 tax 3.80 unpaid
