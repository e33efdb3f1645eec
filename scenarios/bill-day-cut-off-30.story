# The cut-off day is the last one before the bill day; a month without it has its last
#
# Up to the 25th: from 22 January 3 of the 31 days before are 3.00; they are no later than the 30th of December. With the 30th
# as the cut-off day everybody who starts after a 30th is late up to the 25th, and who starts from the 26th to the 29th is not:
# from 26 January 30 of 31 days. In February the last day counts as the 30th.
policy  vps
terms   bill_day = 25, cut_off_day = 30, anchor = "keep"
plan    s 31.00 EUR monthly, 365.00 EUR yearly
given   2026-01-22 alice on s monthly
expect  period 2026-01-22 2026-02-25; invoice paid 34.00
given   2027-01-26 bob on s monthly
expect  period 2027-01-26 2027-02-25; invoice paid 30.00
given   2027-02-27 carol on s monthly
expect  period 2027-02-27 2027-03-25; invoice paid 28.79
given   2027-02-28 dave on s monthly
expect  period 2027-02-28 2027-04-25; invoice paid 58.68
# Of a year that begins on the 25th of January the month before it counts: 3 of 365 days, and a year.
given   2030-01-22 erin on s yearly
expect  period 2030-01-22 2031-01-25; invoice paid 368.00
