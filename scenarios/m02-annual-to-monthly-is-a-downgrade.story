# M2, M6: from a year to a month is a downgrade, whatever the plans: its discount is clawed back
#
# 270.00 paid on 300.00 for 365 days from 1 April 2026; 73 are used with the day of the change, a fifth: 60.00 at the list
# price. 270.00 - 60.00 = 210.00 back; a month of l from the day of the change.
policy  used-day
plan    m 30.00 EUR monthly, 300.00 EUR yearly less 10%
plan    l 60.00 EUR monthly, 600.00 EUR yearly less 10%
given   2026-04-01 alice on m yearly
quote   2026-06-12 alice to l monthly
expect  credit 210.00; charge 60.00; to balance 150.00
submit  2026-06-12
expect  on l; monthly; balance 150.00; period 2026-06-12 2026-07-12; covers m 2026-04-01 2026-06-13 60.00
