# The day of the month never drifts: 31 January, 28 February, 31 March, 30 April
#
# 14 February: 14 of 28 days are left, from 31 January on: 9.00 / 2 = 4.50 and 19.00 / 2 = 9.50.
plan    basic 9.00 EUR monthly
plan    pro 19.00 EUR monthly
given   2027-01-31 alice on basic monthly
expect  period 2027-01-31 2027-02-28
quote   2027-02-14 alice to pro
expect  credit 4.50; charge 9.50; due 5.00; next invoice 2027-02-28
submit  2027-02-14
expect  invoice open 5.00; still basic
paid    2027-02-14
expect  on pro; wanted pro generation 2; mail plan_changed
later   2027-02-28
expect  period 2027-02-28 2027-03-31; invoice open 19.00
later   2027-03-31
expect  period 2027-03-31 2027-04-30
later   2027-04-30
expect  period 2027-04-30 2027-05-31; invoices 5
