# A long first period stays one when the seller changes the rules: each of its two months is counted by the new ones
#
# By seconds 9.5 of the 31 days of March are left at noon of the 22nd, and April: 9.50 + 31.00 back, 19.00 + 62.00 charged. Where
# every month counts as 30 days 10 of them are left: 31 x 10/30 (10.3333) = 10.33 and 31.00 back, 20.67 and 62.00 charged.
policy  vps
terms   bill_day = 1, first_period = "long", anchor = "keep"
plan    s 31.00 EUR monthly
plan    m 62.00 EUR monthly
given   2026-03-17 alice on s monthly
expect  period 2026-03-17 2026-05-01; invoice paid 46.00
publish 2026-03-20 policy openmeter
quote   2026-03-22T12:00 alice to m
expect  credit 40.50; charge 81.00; next invoice 2026-05-01
publish 2026-03-22T13:00 policy paymenter-30
quote   2026-03-22T14:00 alice to m
expect  credit 41.33; charge 82.67; next invoice 2026-05-01
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoice open 31.00
