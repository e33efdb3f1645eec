# I06: what rounding leaves over is carried through the period, and the third change gives a cent of it back
#
# A day of s costs 33 1/3 cents, a day of m a euro. Each change leaves a third of a cent with the seller:
#  3 April, 2 days used: 10 x 2/30 = 0.6667 kept as 0.67, so 9.33 back; 28 of 30 days of m are 28.00.
#  5 April, 4 days used: 26 days of m are 26.00 back; 10 - round(10 x 4/30 = 1.3333) = 8.67 for what is exactly 8.6667.
#  6 April, 5 days used: 10 - round(10 x 5/30 = 1.6667) = 8.33 would leave a third third: a whole cent. So 8.34 go back.
# Three days of s are exactly 1.00, and 0.67 + 0.33 were billed for them; rounded line by line it would have been 1.01.
# The month: 1.00 and 27 days of m at 1.00 are 28.00, and 0.67 + 2.00 + 0.33 + 25.00 = 28.00 is what it cost.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to m
expect  credit 9.33; charge 28.00; due 18.67
submit  2026-04-03
paid    2026-04-03
quote   2026-04-05 alice to s
expect  credit 26.00; charge 8.67; to balance 17.33
submit  2026-04-05
expect  on s; balance 17.33; covers s 2026-04-05 2026-05-01 8.67
quote   2026-04-06 alice to m
expect  credit 8.34; charge 25.00; from balance 16.66; due 0.00
submit  2026-04-06
expect  on m; balance 0.67
expect  covers s 2026-04-01 2026-04-03 0.67; covers s 2026-04-05 2026-04-06 0.33; covers m 2026-04-06 2026-05-01 25.00
# There and back is nothing, whoever has the cent.
quote   2026-04-06T13:00 alice to s
expect  credit 25.00; charge 8.34; to balance 16.66
submit  2026-04-06T13:00
quote   2026-04-06T14:00 alice to m
expect  credit 8.34; charge 25.00; from balance 16.66
submit  2026-04-06T14:00
expect  on m; balance 0.67; covers m 2026-04-06 2026-05-01 25.00
# A new period begins with nothing to carry: 30 - round(30 x 2/31 = 1.9355) = 28.06, 10 - round(10 x 2/31 = 0.6452) = 9.35.
later   2026-05-01
paid    2026-05-01
quote   2026-05-03 alice to s
expect  credit 28.06; charge 9.35; to balance 18.71
