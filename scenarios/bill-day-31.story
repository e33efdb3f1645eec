# A bill day that a month does not have is its last day, and is not lost: 31 January, 28 February, 31 March
#
# From 10 to 28 February are 18 of the 28 days from 31 January on: 28.00 x 18/28 = 18.00. Then the period has 31 days: on 10
# March 10 of them are used, 28 x 10/31 = 9.0323 kept as 9.03; 18.97 back. Of 56.00 they leave 56 - 18.06 = 37.94.
policy  vps
terms   bill_day = 31, anchor = "keep"
plan    s 28.00 EUR monthly
plan    m 56.00 EUR monthly
given   2027-01-31 alice on s monthly
expect  period 2027-01-31 2027-02-28; invoice paid 28.00
given   2027-02-10 bob on s monthly
expect  period 2027-02-10 2027-02-28; invoice paid 18.00
later   2027-02-28
expect  period 2027-02-28 2027-03-31; invoice open 28.00
paid    2027-02-28
quote   2027-03-10 bob to m
expect  credit 18.97; charge 37.94; due 18.97; next invoice 2027-03-31
later   2027-03-31
expect  period 2027-03-31 2027-04-30
later   2027-04-30
expect  period 2027-04-30 2027-05-31
