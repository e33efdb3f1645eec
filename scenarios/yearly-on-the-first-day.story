# To yearly on the very first day of a period: the year begins where the month began
#
# 1 May: nothing of May is used, so all 30.00 go back, and a full year of 300.00 is charged.
policy  vps
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-04-01 alice on m monthly
later   2026-05-01
paid    2026-05-01
quote   2026-05-01 alice to m yearly
expect  credit 30.00; charge 300.00; due 270.00; next invoice 2027-05-01
submit  2026-05-01
paid    2026-05-01
expect  yearly; period 2026-05-01 2027-05-01; covers m 2026-05-01 2027-05-01 300.00
later   2026-06-01
expect  nothing
later   2027-05-01
expect  period 2027-05-01 2028-05-01; invoice open 300.00
