# Where seconds are counted, each of the two months of a long first period has the hours that its clocks have
#
# March has 743 hours in Berlin, of which 371 are left at noon of the 16th: 371.00, and April 743.00. On 16 April 360 of its
# 720 hours are left: 371.50 back, 743.00 charged. On 24 March at noon 179 hours are left, and April: 922.00 back.
policy  openmeter
terms   bill_day = 1, first_period = "long", anchor = "keep"
zone    Europe/Berlin
plan    s 743.00 EUR monthly
plan    m 1486.00 EUR monthly
given   2026-03-16T12:00 alice on s monthly
expect  period 2026-03-16 2026-05-01; invoice paid 1114.00
quote   2026-03-24T12:00 alice to m
expect  credit 922.00; charge 1844.00; due 922.00
quote   2026-04-16T00:00 alice to m
expect  credit 371.50; charge 743.00; due 371.50; next invoice 2026-05-01
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoice open 743.00
