# Where prices contain the tax, so does that of a trial
#
# 1.19 has 19/119 of it, 0.19, as tax; 2.38 has 0.38. Going to m on 4 April costs the difference, 1.19, with 0.19 of tax.
policy  vps
tax     19% VAT included
plan    s 10.00 EUR monthly in trial 1.19, trial 14 days
plan    m 30.00 EUR monthly in trial 2.38, trial 14 days
given   2026-04-01 alice on s monthly
expect  invoice paid 1.19; booked tax 0.19; booked sales 1.00
quote   2026-04-04 alice to m
expect  charge 1.19; tax 0.19; total 1.19; due 1.19
submit  2026-04-04
paid    2026-04-04
expect  on m; trial until 2026-04-15; booked tax 0.38; booked sales 2.00
