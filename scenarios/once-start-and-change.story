# A plan and an option cost something once, in full: with the start, and with the change that first brings them
#
# m costs 20.00 once, s 15.00. On 16 April, 15 of 30 days before the next period: 5.00 back for s, 15.00 for the rest of m,
# and 20.00 once, which no time shares. Back on s nothing is charged once, and nothing of the 20.00 is given back; nor is
# anything when m is taken again, nor with a renewal.
policy  vps
plan    s 10.00 EUR monthly setup 15.00
plan    m 30.00 EUR monthly setup 20.00
option  backups 4.00 EUR monthly setup 6.00, yes or no
given   2026-04-01 alice on s monthly
expect  invoice paid 25.00; booked sales 25.00; costs 10.00
quote   2026-04-16 alice to m
expect  credit 5.00; charge 35.00; net 30.00; due 30.00; recurring 30.00
submit  2026-04-16
paid    2026-04-16
expect  on m; booked sales 55.00; covers m 2026-04-16 2026-05-01 15.00
# 10 of 30 days: 10.00 back for m, 3.33 for s.
quote   2026-04-21 alice to s
expect  credit 10.00; charge 3.33; net -6.67; to balance 6.67
submit  2026-04-21
expect  on s; balance 6.67
# 5 of 30 days: 1.66 back for s (the 3.33 was a third of a cent short), 5.00 for m, from the balance; nothing once.
quote   2026-04-26 alice to m
expect  credit 1.67; charge 5.00; net 3.33; due 0.00
submit  2026-04-26
expect  on m; balance 3.34
later   2026-05-01
expect  invoice open 26.66; costs 30.00
