# bill_day: everybody is billed on the 1st; who starts on 17 March pays 15 of 31 days first, and a change in them counts by those
#
# A day of March costs a 31st of the price: 15 days of s are 15.00, and 15 of disk 1.50. On the 22nd 10 days are left: 10.00
# of s go back, and m is 20.00; an hour later it is the other way round. On the 1st the month is billed in full.
policy  vps
terms   bill_day = 1, anchor = "keep"
plan    s 31.00 EUR monthly
plan    m 62.00 EUR monthly
option  disk 3.10 EUR monthly, up to 8
given   2026-03-17 alice on s monthly with disk 1
expect  period 2026-03-17 2026-04-01; invoice paid 16.50; costs 34.10
expect  covers s 2026-03-17 2026-04-01 15.00; covers disk 2026-03-17 2026-04-01 1.50
quote   2026-03-22 alice to m
expect  upgrade; credit 10.00; charge 20.00; due 10.00; recurring 65.10; next invoice 2026-04-01
submit  2026-03-22
paid    2026-03-22
expect  on m; period 2026-03-17 2026-04-01; covers s 2026-03-17 2026-03-22 5.00; covers m 2026-03-22 2026-04-01 20.00
quote   2026-03-22T14:00 alice to s
expect  downgrade; credit 20.00; charge 10.00; to balance 10.00
submit  2026-03-22T14:00
expect  on s; balance 10.00; covers s 2026-03-22 2026-04-01 10.00
quote   2026-03-27 alice to s with disk 3
expect  credit 0.50; charge 1.50; from balance 1.00; due 0.00
submit  2026-03-27
expect  with disk 3; balance 9.00
later   2026-04-01
expect  period 2026-04-01 2026-05-01; invoice open 31.30; costs 40.30; invoices 4
# Who starts on the day itself pays the whole month; who starts on the last day of one, that day.
given   2026-05-01 bob on s monthly
expect  period 2026-05-01 2026-06-01; invoice paid 31.00
given   2026-05-31 carol on s monthly
expect  period 2026-05-31 2026-06-01; invoice paid 1.00
