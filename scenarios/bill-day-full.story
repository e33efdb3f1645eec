# first_period = "full": whoever starts inside a month pays a full one, and a change counts by the days that are left of it
#
# From 17 to 31 March are 15 days for 30.00, 2.00 each. On the 27th 5 are left: 30 x 5/15 = 10.00 back, 60 x 5/15 = 20.00. Then
# the months are those of the calendar: on 16 April 15 of 30 days are left. The trial of Bob is over on the 15th.
policy  vps
terms   bill_day = 1, first_period = "full", anchor = "keep"
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
plan    t 20.00 EUR monthly, trial 14 days
given   2026-03-17 alice on s monthly
expect  period 2026-03-17 2026-04-01; invoice paid 30.00; covers s 2026-03-17 2026-04-01 30.00
quote   2026-03-27 alice to m
expect  credit 10.00; charge 20.00; due 10.00; next invoice 2026-04-01; recurring 60.00
submit  2026-03-27
paid    2026-03-27
quote   2026-03-27T14:00 alice to s
expect  credit 20.00; charge 10.00; to balance 10.00
later   2026-04-01
expect  on m; period 2026-04-01 2026-05-01; invoice open 60.00
paid    2026-04-01
quote   2026-04-16 alice to s
expect  credit 30.00; charge 15.00; to balance 15.00
given   2026-06-01 bob on t monthly
later   2026-06-15
expect  no trial; period 2026-06-15 2026-07-01; invoice open 20.00
later   2026-07-01
expect  period 2026-07-01 2026-08-01
