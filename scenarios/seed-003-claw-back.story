# Seed 003 (M6): a year at 900.00 instead of its list price of 1000.00 is left half way: 400.00 come back
#
# The year is 1 January to 31 December 2024, 366 days. 1 July is the 183rd and is used: the half of the year. What was used
# is counted at the list price: 900.00 - 1000.00 x 183/366 = 400.00.
policy  used-day
plan    free 0.00 USD monthly, 0.00 USD yearly
plan    medium 84.00 USD monthly, 1000.00 USD yearly less 10%
zone    America/New_York
given   2024-01-01 school on medium yearly by card pays
expect  invoice paid 900.00; period 2024-01-01 2025-01-01; costs 900.00
quote   2024-07-01 school to free
expect  credit 400.00; charge 0.00; to balance 400.00; downgrade; recurring 0.00
submit  2024-07-01
expect  on free; balance 400.00; credit note 400.00
