# What is charged once is taxed as the rest, rounded with it on the document
#
# The start: 20% of 10.02 + 15.01 is 5.006, so 5.01; each line by itself would have 2.00 and 3.00. 16 April: 5.01 back with
# its 1.00 of tax; 15.01 for the rest of m and 20.01 once have 20% of 35.02, which is 7.00.
policy  vps
tax     20% VAT
plan    s 10.02 EUR monthly setup 15.01
plan    m 30.02 EUR monthly setup 20.01
given   2026-04-01 alice on s monthly
expect  invoice paid 30.04; booked tax 5.01
quote   2026-04-16 alice to m
expect  credit 5.01; charge 35.02; net 30.01
submit  2026-04-16
paid    2026-04-16
expect  on m
