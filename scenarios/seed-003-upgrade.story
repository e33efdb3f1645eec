# Seed 003 (M2, M3, M4): X Small with both add-ons was paid on 17 March; on 6 April all of it moves to Small
#
# The period is 17 March to 16 April, 31 days. 6 April is a used day of the old plan: 21 days are used, 10 come back from
# 7 April on. X Small 12.00 - round(8.1290) = 3.87, Operation 9.00 - round(6.0968) = 2.90, Marketing
# 6.00 - round(4.0645) = 1.94: together 8.71. The new fees begin on 6 April, 11 days: Small 36.00 - round(23.2258) = 12.77,
# Operation 30.00 - round(19.3548) = 10.65, Marketing 18.00 - round(11.6129) = 6.39: together 29.81.
# What comes back pays first: 21.10 are left for the card.
policy  used-day
plan    xsmall 12.00 USD monthly
plan    small 36.00 USD monthly
option  operation 9.00 USD monthly on xsmall, 30.00 USD monthly on small, yes or no
option  marketing 6.00 USD monthly on xsmall, 18.00 USD monthly on small, yes or no
zone    America/New_York
given   2026-03-17 channel on xsmall monthly with operation 1 and marketing 1 by card pays
expect  invoice paid 27.00; period 2026-03-17 2026-04-17
quote   2026-04-06 channel to small
expect  credit 8.71; charge 29.81; due 21.10; upgrade; recurring 84.00; next invoice 2026-04-17
submit  2026-04-06 by card pays
gateway 2026-04-06 captured
expect  on small; with operation 1; with marketing 1; costs 84.00; balance 0.00
expect  covers xsmall 2026-03-17 2026-04-07 8.13; covers small 2026-04-06 2026-04-17 12.77
expect  covers operation 2026-03-17 2026-04-07 6.10; covers operation 2026-04-06 2026-04-17 10.65
