# After a trial, and with a change from weeks to months, the first period is a long one as after a start
#
# The trial is over on 15 April: 16 of 30 days are 16.00 of s, and May is 30.00. Bob has m by then: 32.00 + 60.00. The week of
# Carol runs from 3 to 10 March; on the 7th 3 of its days are left, and 25 of the 31 days of March with all of April are
# 30 - 30 x 6/31 (5.8065) = 24.19 and 30.00.
policy  vps
terms   bill_day = 1, first_period = "long", anchor = "keep"
plan    s 30.00 EUR monthly, trial 14 days
plan    m 60.00 EUR monthly
plan    w 7.00 EUR every 7 days, 30.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15; documents 0
later   2026-04-15
expect  no trial; period 2026-04-15 2026-06-01; invoice open 46.00; invoices 1
paid    2026-04-15
quote   2026-05-16 alice to m
expect  credit 15.48; charge 30.97; due 15.49; next invoice 2026-06-01
later   2026-06-01
expect  period 2026-06-01 2026-07-01; invoice open 30.00
given   2027-04-01 bob on s monthly
quote   2027-04-02 bob to m
expect  charge 0.00; next invoice 2027-04-15
submit  2027-04-02
later   2027-04-15
expect  on m; no trial; period 2027-04-15 2027-06-01; invoice open 92.00
given   2028-03-03 carol on w every 7 days
quote   2028-03-07 carol to w monthly now
expect  credit 3.00; charge 54.19; due 51.19; next invoice 2028-05-01
submit  2028-03-07
paid    2028-03-07
expect  monthly; period 2028-03-07 2028-05-01; covers w 2028-03-07 2028-05-01 54.19
