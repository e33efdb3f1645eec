# M35: what was billed at one rate is given back at that rate; what is charged after the edict bears the new one
#
# 15 April: 14 of 30 days are used; 16.00 back with 5.70 - 2.66 = 3.04, 5.33 charged with 1.01. Then 19 % becomes 21 %.
# On 21 April 10.00 of 30.00 comes back with a third of its 5.70, 1.90; 3.33 is charged with 21 % of it, 0.70. Tax 0.70 - 1.90 = -1.20, total -6.67 - 1.20 = -7.87. A quote from before the edict no longer holds.
policy  vps
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on m monthly
expect  invoice paid 35.70
quote   2026-04-15T12:00 alice to s
expect  credit 16.00; charge 5.33; tax -2.03; total -12.70
publish 2026-04-15T12:05 tax 21% VAT
submit  2026-04-15T12:10
expect  refused quote-stale by catalogue
quote   2026-04-21 alice to s
expect  credit 10.00; charge 3.33; tax -1.20; total -7.87; to balance 7.87
submit  2026-04-21
expect  balance 7.87; booked tax 4.50; covers m 2026-04-01 2026-04-21 20.00 tax 3.80
expect  covers s 2026-04-21 2026-05-01 3.33 tax 0.70
later   2026-05-01
expect  invoice open 4.23
