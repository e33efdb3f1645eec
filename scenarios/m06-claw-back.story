# M6, M11: a term discount that is left early is clawed back: paid less the list price of what was used, never below zero
#
# 900.00 paid on a list price of 1000.00 for 366 days from 1 July 2027. The day of the change is a used day.
# After 183 days, a half: 900 - 500 = 400.00. After 305 days, ten twelfths: 900 - 833.33 = 66.67. After 336 days the used
# part costs 918.03, more than was paid: 0.00, and no debt.
policy  used-day
plan    free 0.00 EUR yearly
plan    pro 1000.00 EUR yearly less 10%
given   2027-07-01 alice on pro yearly
expect  invoice paid 900.00; costs 900.00
given   2027-07-01 bob on pro yearly
given   2027-07-01 carol on pro yearly
quote   2027-12-30 alice to free
expect  credit 400.00; charge 0.00; to balance 400.00; downgrade
submit  2027-12-30
expect  on free; balance 400.00; credit note 400.00; covers pro 2027-07-01 2027-12-31 500.00
quote   2028-04-30 bob to free
expect  credit 66.67; to balance 66.67
submit  2028-04-30
expect  balance 66.67; covers pro 2027-07-01 2028-05-01 833.33
quote   2028-05-31 carol to free
expect  credit 0.00; to balance 0.00; due 0.00
submit  2028-05-31
expect  on free; balance 0.00; credit notes 0
