# Seed 003 (M5): Small was paid on 3 April, Operation is added on 20 April: 20 April to 2 May are charged, 13 days
#
# The period is 3 April to 2 May, 30 days. Operation costs 30.00 on Small: 13 days are 30.00 - round(30 x 17/30) = 13.00.
policy  used-day
plan    xsmall 12.00 USD monthly
plan    small 36.00 USD monthly
option  operation 9.00 USD monthly on xsmall, 30.00 USD monthly on small, yes or no
option  marketing 6.00 USD monthly on xsmall, 18.00 USD monthly on small, yes or no
zone    America/New_York
given   2026-04-03 channel on small monthly by card pays
expect  period 2026-04-03 2026-05-03; invoice paid 36.00
quote   2026-04-20 channel to small with operation 1
expect  credit 0.00; charge 13.00; due 13.00; upgrade; recurring 66.00; next invoice 2026-05-03
submit  2026-04-20 by card pays
expect  invoice open 13.00; with operation 0
gateway 2026-04-20 captured
expect  invoice paid 13.00; with operation 1; costs 66.00; balance 0.00
expect  covers operation 2026-04-20 2026-05-03 13.00; covers small 2026-04-03 2026-05-03 36.00
later   2026-05-03
expect  invoice open 66.00
