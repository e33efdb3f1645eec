# I06: what rounding leaves over is carried also where rules round in different ways
#
# Whoever moves to m has everything rounded up, s to the nearest; 2 of 30 days of April are used.
#  To m: s keeps 10 x 2/30 = 0.6667, up 0.67, so 9.33 go back; m is 20.00 less 20 x 2/30 = 1.3333, up 1.34: 18.66, which is
#  2/3 of a cent below its days. s is 1/3 of a cent above its own: together 1/3 below.
#  Back to s: 18.66 go back whole, with the 2/3 that they were below; rounded to the nearest they would have been 18.67. What
#  is left is 1/3 above, and 10.00 less 0.67 is 9.33, 1/3 below: nothing is left over.
#  To m again costs what it did. Had the 2/3 been forgotten, a whole cent would be missing here, and m would be 18.67.
#  5 April, 4 days used: of m 20.00 less 20 x 4/30 = 2.6667, so 2.67, is 17.33; 18.66 - 17.33 = 1.33 stay for two days that are
#  1.3333. s is 10.00 less 1.33: 8.67. The month is 0.67 + 1.33 + 8.67 = 10.67, and exactly 10.6667.
policy  vps
rule    to = ["m"] set rounding = "up"
plan    s 10.00 EUR monthly
plan    m 20.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to m
expect  credit 9.33; charge 18.66; due 9.33
submit  2026-04-03
paid    2026-04-03
quote   2026-04-03T13:00 alice to s
expect  credit 18.66; charge 9.33; to balance 9.33
submit  2026-04-03T13:00
quote   2026-04-03T14:00 alice to m
expect  credit 9.33; charge 18.66; from balance 9.33; due 0.00
submit  2026-04-03T14:00
expect  on m; covers s 2026-04-01 2026-04-03 0.67; covers m 2026-04-03 2026-05-01 18.66
quote   2026-04-05 alice to s
expect  credit 17.33; charge 8.67; to balance 8.66
submit  2026-04-05
expect  on s; covers m 2026-04-03 2026-04-05 1.33; covers s 2026-04-05 2026-05-01 8.67
