# Where a month counts as 30 days a long first period counts the days up to the bill day, and a whole month for the one after
#
# From 12 March 20 days are left: 20.00 and 30.00. On the chosen day, 22 March, 10 days are left and the month: 40.00 back,
# 80.00 charged. On 2 April 29 days are left. With 30 of 30 days left the part costs no more than a full month.
policy  vps
terms   bill_day = 1, first_period = "long", anchor = "keep", denominator = { fixed_days = 30 }, remainder = "rounded", carry = "none", choose_date = true
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-03-12 alice on s monthly
expect  period 2026-03-12 2026-05-01; invoice paid 50.00
quote   2026-03-13 alice to m on 2026-04-02
expect  credit 29.00; charge 58.00; due 29.00
quote   2026-03-13 alice to m on 2026-03-22
expect  credit 40.00; charge 80.00; due 40.00
quote   2026-03-13 alice to m on 2026-04-01
expect  credit 30.00; charge 60.00; due 30.00
given   2026-05-02 bob on s monthly
expect  period 2026-05-02 2026-07-01; invoice paid 60.00
