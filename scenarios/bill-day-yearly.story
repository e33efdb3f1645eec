# A year begins on the bill day of the month of the start: this month where it is to come, else a year later
#
# From 17 March to the 20th are 3 of the 365 days before: 3.00. From the 21st on it is 364 of 365 days, to the 20th of next
# year. A month that becomes a year keeps the 20th: on 10 May 10 of the 30 days from 20 April are left, 10.00 back; 10 of
# 365 days of the year are 10.00, and it begins on the 20th.
policy  vps
terms   bill_day = 20, anchor = "keep"
plan    s 30.00 EUR monthly, 365.00 EUR yearly
given   2026-03-17 alice on s yearly
expect  period 2026-03-17 2026-03-20; invoice paid 3.00
later   2026-03-20
expect  period 2026-03-20 2027-03-20; invoice open 365.00
given   2026-03-21 bob on s yearly
expect  period 2026-03-21 2027-03-20; invoice paid 364.00
given   2026-04-20 carol on s monthly
expect  period 2026-04-20 2026-05-20; invoice paid 30.00
quote   2026-05-10 carol to s yearly
expect  credit 10.00; charge 10.00; due 0.00; next invoice 2026-05-20; recurring 365.00
submit  2026-05-10
expect  yearly; period 2026-04-20 2026-05-20
later   2026-05-20
expect  period 2026-05-20 2027-05-20; invoice open 365.00
# And back: on 10 June the month runs to the 20th, 10 of 31 days of 30.00, 30 - 30 x 21/31 (20.3226) = 9.68; of the year 344
# of 365 days are left.
paid    2026-05-20
quote   2026-06-10 carol to s monthly
expect  credit 344.00; charge 9.68; to balance 334.32; next invoice 2026-06-20
