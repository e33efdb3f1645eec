# A full first period keeps the bill day of a month that is too short for it
#
# From 10 March to the 31st a full 31.00, and on the 25th 6 of its 21 days are left: 31 - 31 x 15/21 (22.1429) = 8.86.
policy  vps
terms   bill_day = 31, first_period = "full", anchor = "keep"
plan    s 31.00 EUR monthly
plan    m 42.00 EUR monthly
given   2027-03-10 alice on s monthly
expect  period 2027-03-10 2027-03-31; invoice paid 31.00
quote   2027-03-25 alice to m
expect  credit 8.86; charge 12.00; due 3.14
later   2027-03-31
expect  period 2027-03-31 2027-04-30; invoice open 31.00
paid    2027-03-31
later   2027-04-30
expect  period 2027-04-30 2027-05-31
