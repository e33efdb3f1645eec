# T5: who used more than the days give has none left on the way down, and is given none twice on the way up again
#
# 100 hours are used in the first day of m. One day of m and 29 of s are 100/30 + 290/30 = 13 hours. Up again with 28
# days left: 13 + 90 × 28/30 = 97, still less than the 100 that are used; on l it is 13 + 190 × 28/30 = 190 1/3.
# The next period begins with all that its plan gives.
policy  vps
terms   credits = "prorate", gate = "none"
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 100 hours
plan    l 60.00 EUR monthly, gives 200 hours
given   2026-04-01 alice on m monthly
uses    2026-04-01 100
quote   2026-04-02 alice to s
expect  credits after 0; credit 29.00; charge 9.67
submit  2026-04-02
expect  on s; credits 0
uses    2026-04-02 1
expect  refused not-enough-credits
quote   2026-04-03 alice to m
expect  credits after 0
submit  2026-04-03
expect  on m; credits 0
quote   2026-04-03 alice to l
expect  credits after 90
quote   2026-04-03 alice to s
submit  2026-04-03
expect  on s; credits 0
later   2026-05-01
expect  credits 10
