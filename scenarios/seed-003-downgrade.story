# Seed 003 (M2, M3, M4): X Small with both add-ons was paid on 17 March; on 6 April both add-ons are given up
#
# 21 of 31 days are used, 6 April among them. Operation 9.00 - round(6.0968) = 2.90 and Marketing
# 6.00 - round(4.0645) = 1.94 come back, 4.84 for the balance. X Small is paid and stays. The renewal uses the balance.
policy  used-day
plan    xsmall 12.00 USD monthly
plan    small 36.00 USD monthly
option  operation 9.00 USD monthly on xsmall, 30.00 USD monthly on small, yes or no
option  marketing 6.00 USD monthly on xsmall, 18.00 USD monthly on small, yes or no
zone    America/New_York
given   2026-03-17 channel on xsmall monthly with operation 1 and marketing 1 by card pays
quote   2026-04-06 channel to xsmall without operation and marketing
expect  credit 4.84; charge 0.00; to balance 4.84; downgrade; recurring 12.00
submit  2026-04-06
expect  on xsmall; with operation 0; with marketing 0; balance 4.84; credit note 4.84; costs 12.00
later   2026-04-17
expect  invoice open 7.16; balance 0.00; reserved 4.84
