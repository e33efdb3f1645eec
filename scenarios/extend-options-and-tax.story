# What is left of a plan and an option, with its tax, buys days of a larger basket; there and back is the old date
#
# 11 April: 20 of 30 days of 12.00 and of 3.00 are left: 8.00 and 2.00, with 1.52 and 0.38 of tax. The new basket costs
# 24.00 and 6.00, 1.00 a day: 10 days, 11 to 20 April. Its lines take 10 x 24/30 = 8.00 and 10 x 6/30 = 2.00, and the tax.
policy  vps
terms   anchor = "extend"
tax     19% VAT
plan    s 12.00 EUR monthly
plan    l 24.00 EUR monthly
option  memory 3.00 EUR monthly
given   2026-04-01 alice on s monthly with memory 1
quote   2026-04-11 alice to l with memory 2
expect  credit 10.00; charge 10.00; net 0.00; tax 0.00; total 0.00; next invoice 2026-04-21; recurring 30.00
submit  2026-04-11
expect  made at once; on l; with memory 2; balance 0.00; booked tax 2.85
expect  covers l 2026-04-11 2026-04-21 8.00 tax 1.52; covers memory 2026-04-11 2026-04-21 2.00 tax 0.38
quote   2026-04-11 alice to s with memory 1
expect  credit 10.00; charge 10.00; tax 0.00; next invoice 2026-05-01
submit  2026-04-11
expect  covers s 2026-04-11 2026-05-01 8.00 tax 1.52; covers memory 2026-04-11 2026-05-01 2.00 tax 0.38; booked tax 2.85
# Without the option 10.00 buys 25 days at 0.40.
quote   2026-04-11 alice to s without memory
expect  credit 10.00; charge 10.00; next invoice 2026-05-06; recurring 12.00
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoice open 17.85
