# Weeks know no bill day; who goes from them to months pays from the change to the next one
#
# The week runs from 3 to 10 March. On the 7th 3 of its 7 days are left, 3.00 back; from the 7th to 1 April are 25 of the 31
# days of March, 25.00. At the end of a week it is the same: from 17 March 15 of 31 days.
policy  vps
terms   bill_day = 1, anchor = "keep", choose_when = true
plan    s 7.00 EUR every 7 days, 31.00 EUR monthly
given   2026-03-03 alice on s every 7 days
expect  period 2026-03-03 2026-03-10; invoice paid 7.00
quote   2026-03-07 alice to s monthly now
expect  credit 3.00; charge 25.00; due 22.00; next invoice 2026-04-01
submit  2026-03-07
paid    2026-03-07
expect  monthly; period 2026-03-07 2026-04-01; covers s 2026-03-07 2026-04-01 25.00
later   2026-04-01
expect  period 2026-04-01 2026-05-01; invoice open 31.00
given   2026-05-03 bob on s every 7 days
quote   2026-05-04 bob to s monthly at period end
expect  made at period end; next invoice 2026-05-10; recurring 31.00
submit  2026-05-04
later   2026-05-10
expect  monthly; period 2026-05-10 2026-06-01; invoice open 22.00
