# first_period = "long": who starts on 17 March pays the days up to the 1st and all of April together; each day costs its part
# of its own month
#
# 15 of the 31 days of March are 15.00 of s, and April is 31.00. On the 22nd 10 days of March are left, and all of April:
# 10.00 + 31.00 go back, 20.00 + 62.00 are charged; an hour later it is the other way round. On 11 April 20 of its 30 days
# are left: 31 - 31 x 10/30 (10.3333) = 20.67 back, 62 - 62 x 10/30 (20.6667) = 41.33 charged.
policy  vps
terms   bill_day = 1, first_period = "long", anchor = "keep"
plan    s 31.00 EUR monthly
plan    m 62.00 EUR monthly
option  disk 3.10 EUR monthly, up to 8
given   2026-03-17 alice on s monthly
expect  period 2026-03-17 2026-05-01; invoice paid 46.00; invoices 1
expect  covers s 2026-03-17 2026-05-01 46.00
quote   2026-03-22 alice to m
expect  upgrade; credit 41.00; charge 82.00; due 41.00; recurring 62.00; next invoice 2026-05-01
submit  2026-03-22
paid    2026-03-22
expect  on m; period 2026-03-17 2026-05-01; covers s 2026-03-17 2026-03-22 5.00; covers m 2026-03-22 2026-05-01 82.00
quote   2026-03-22T14:00 alice to s
expect  downgrade; credit 82.00; charge 41.00; to balance 41.00
submit  2026-03-22T14:00
expect  on s; balance 41.00; covers s 2026-03-22 2026-05-01 41.00
quote   2026-04-11 alice to m
expect  credit 20.67; charge 41.33; from balance 20.66; due 0.00
submit  2026-04-11
expect  on m; balance 20.34; covers s 2026-03-22 2026-04-11 20.33; covers m 2026-04-11 2026-05-01 41.33
# An option that is added in March is charged for the rest of it and for April, 3.10 x 10/31 + 3.10; in April for its part.
given   2027-03-17 bob on s monthly
quote   2027-03-22 bob to s with disk 1
expect  credit 0.00; charge 4.10
quote   2027-04-16 bob to s with disk 1
expect  credit 0.00; charge 1.55
later   2027-05-01
expect  period 2027-05-01 2027-06-01; invoice open 31.00; invoices 2
# Who starts on the day itself has nothing to join.
given   2027-06-01 carol on s monthly
expect  period 2027-06-01 2027-07-01; invoice paid 31.00
