# In a trial, too, only what is added is charged once where a newer price list asks for it
#
# The first seat was free of it. With the second, on 6 April, 5.00 are to come; with a third, two of them. On 15 April the
# first invoice has 10.00 and 3 x 2.00 for the month, and 10.00 once.
policy  vps
plan    s 10.00 EUR monthly, trial 14 days
option  seat 2.00 EUR monthly, by the seat
given   2026-04-01 alice on s monthly with seat 1
publish 2026-04-05 option seat 2.00 EUR monthly setup 5.00, by the seat
quote   2026-04-06 alice to s with seat 2
submit  2026-04-06
quote   2026-04-07 alice to s with seat 3
submit  2026-04-07
later   2026-04-15
expect  no trial; invoice open 26.00
