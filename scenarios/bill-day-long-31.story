# A long first period around the 29th of February: up to the last of the month, and a full one to the 31st of the next
#
# From 31 January to 29 February are 29 days, of which 19 are left on the 10th: 19.00, and 29.00 to 31 March. On 20 March
# 11 of 31 days are left: 29 - 29 x 20/31 (18.7097) = 10.29 back, 58 - 58 x 20/31 (37.4194) = 20.58 charged. Who starts on
# 10 February 2029 has 18 of 28 days, 29 - 29 x 10/28 (10.3571) = 18.64, and the same 29.00.
policy  vps
terms   bill_day = 31, first_period = "long", anchor = "keep"
plan    s 29.00 EUR monthly
plan    m 58.00 EUR monthly
given   2028-02-10 alice on s monthly
expect  period 2028-02-10 2028-03-31; invoice paid 48.00
quote   2028-03-20 alice to m
expect  credit 10.29; charge 20.58; due 10.29; next invoice 2028-03-31
later   2028-03-31
expect  period 2028-03-31 2028-04-30; invoice open 29.00
paid    2028-03-31
later   2028-04-30
expect  period 2028-04-30 2028-05-31; invoice open 29.00
given   2029-02-10 bob on s monthly
expect  period 2029-02-10 2029-03-31; invoice paid 47.64
