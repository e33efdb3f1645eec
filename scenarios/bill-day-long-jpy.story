# A long first period in yen: what the days of June are rounded by is carried into July
#
# From 20 June 11 of 30 days: 1000 - 633 = 367, and 1000 for July. On 25 June 6 days are left, and July: 1200 back, 2400
# charged. On 5 July 27 of 31 days are left: 2000 - 2000 x 4/31 (258.06) = 1742 back, 1000 - 1000 x 4/31 (129.03) = 871
# charged.
policy  vps
terms   bill_day = 1, first_period = "long", anchor = "keep"
plan    s 1000 JPY monthly
plan    m 2000 JPY monthly
given   2026-06-20 alice on s monthly
expect  period 2026-06-20 2026-08-01; invoice paid 1367
quote   2026-06-25 alice to m
expect  credit 1200; charge 2400; due 1200
submit  2026-06-25
paid    2026-06-25
expect  on m; covers s 2026-06-20 2026-06-25 167; covers m 2026-06-25 2026-08-01 2400
quote   2026-07-05 alice to s
expect  credit 1742; charge 871; to balance 871
submit  2026-07-05
expect  on s; balance 871; covers m 2026-06-25 2026-07-05 658; covers s 2026-07-05 2026-08-01 871
later   2026-08-01
expect  period 2026-08-01 2026-09-01
