# Bill day 30 in a leap year and out of it, by the month and by the year
#
# 2028: from 10 to 29 February are 19 of the 30 days since 30 January: 30.00 x 19/30 = 19.00. Then 29 February to 30 March.
# By the year from 10 February 2027: the year ends on the 28th, 18 of its 365 days are 18.00; the next ends on 29 February.
policy  vps
terms   bill_day = 30, anchor = "keep"
plan    s 30.00 EUR monthly, 365.00 EUR yearly
given   2027-02-10 alice on s yearly
expect  period 2027-02-10 2027-02-28; invoice paid 18.00; costs 365.00
later   2027-02-28
expect  period 2027-02-28 2028-02-29; invoice open 365.00
paid    2027-02-28
given   2028-02-10 bob on s monthly
expect  period 2028-02-10 2028-02-29; invoice paid 19.00
later   2028-02-29
expect  period 2028-02-29 2028-03-30; invoice open 30.00
