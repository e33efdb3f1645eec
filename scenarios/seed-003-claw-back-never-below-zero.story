# Seed 003 (M6): the later a discounted year is left, the less comes back, and never less than nothing
#
# 31 October is the 305th of 366 days: 900.00 - 1000.00 x 305/366 = 900.00 - 833.33 = 66.67. On 1 December 336 days are
# used, at the list price 918.03: more than was paid, so nothing comes back and nothing is owed.
policy  used-day
plan    free 0.00 USD monthly, 0.00 USD yearly
plan    medium 84.00 USD monthly, 1000.00 USD yearly less 10%
zone    America/New_York
given   2024-01-01 school on medium yearly by card pays
quote   2024-10-31 school to free
expect  credit 66.67; charge 0.00; to balance 66.67
quote   2024-12-01 school to free
expect  credit 0.00; charge 0.00; to balance 0.00; due 0.00
submit  2024-12-01
expect  on free; balance 0.00
