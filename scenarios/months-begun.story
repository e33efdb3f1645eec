# Whole months: a month that was begun is used
#
# On 15 March the third of twelve months has begun: 120 - 30 = 90.00 back, 240 - 60 = 180.00 charged.
policy  vps
terms   unit = "month", credit_from = "instant", charge_from = "instant"
plan    s 120.00 EUR yearly
plan    m 240.00 EUR yearly
given   2026-01-01 alice on s yearly
quote   2026-03-15 alice to m
expect  credit 90.00; charge 180.00; due 90.00
