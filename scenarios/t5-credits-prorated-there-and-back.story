# T5: changes on many days gather no parts of a credit: 27 days of 10 hours and 3 of 20 are 11 hours
#
# Up with 29, 27 and 25 of 30 days left, down a day later each time:
# 10 + 10 × 29/30 = 19 2/3; − 10 × 28/30 = 10 1/3; + 10 × 27/30 = 19 1/3; − 10 × 26/30 = 10 2/3; + 10 × 25/30 = 19;
# − 10 × 24/30 = 11. Only whole hours can be used. There and back in one instant is what it was before.
policy  vps
terms   credits = "prorate", gate = "none"
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 20 hours
given   2026-04-01 alice on s monthly
quote   2026-04-02 alice to m
submit  2026-04-02
expect  on m; credits 19
quote   2026-04-02 alice to s
submit  2026-04-02
expect  on s; credits 10
quote   2026-04-02 alice to m
submit  2026-04-02
quote   2026-04-03 alice to s
submit  2026-04-03
expect  on s; credits 10
quote   2026-04-04 alice to m
submit  2026-04-04
expect  on m; credits 19
quote   2026-04-05 alice to s
submit  2026-04-05
expect  on s; credits 10
quote   2026-04-06 alice to m
submit  2026-04-06
expect  on m; credits 19
quote   2026-04-07 alice to s
submit  2026-04-07
expect  on s; credits 11
