# What waits in arrears bears the tax of the day on which its period began, also where the rate is another one at its end
#
# April: 10.00 + 1.90, billed on 1 May, whatever the tax is since the 20th. May: 10.00 + 2.10. 16 May, 16 of 31 days: 5.16 and
# 1.08 come off, 15.48 and 3.25 are charged at 21%: 10.32 + 2.17 = 12.49 more than 12.10 wait.
policy  vps
tax     19% VAT
plan    s 10.00 EUR monthly, billed in arrears
plan    m 30.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
expect  waits 11.90; booked tax 0.00
publish 2026-04-20 tax 21% VAT
later   2026-05-01
expect  invoice open 11.90; booked tax 1.90; waits 12.10; covers s 2026-05-01 2026-06-01 10.00 tax 2.10 unpaid
quote   2026-05-16 alice to m
expect  credit 5.16; charge 15.48; net 10.32; tax 2.17; due 0.00; waits after 24.59
submit  2026-05-16
later   2026-06-01
expect  invoice open 24.59; booked tax 6.17; waits 36.30
