# A change that begins a period bills the part of the old that was used, and its own charge waits for the end of the new
#
# 16 April to the year: of the 9.00 that wait 4.50 are of time that was used, and due; the 90.00 of the year wait for its
# end. Until the 4.50 are paid nothing has changed.
policy  vps
plan    s 9.00 EUR monthly, 90.00 EUR yearly, billed in arrears
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to s yearly
expect  credit 4.50; charge 90.00; net 4.50; due 4.50; waits after 90.00; next invoice 2027-04-16
submit  2026-04-16
expect  still s; monthly; invoice open 4.50; waits 9.00
paid    2026-04-17
expect  yearly; period 2026-04-16 2027-04-16; waits 90.00; covers s 2026-04-01 2026-04-16 4.50; covers s 2026-04-16 2027-04-16 90.00 unpaid
expect  booked sales 4.50
quote   2026-04-17 alice to s monthly
expect  downgrade
later   2027-04-16
expect  invoice open 90.00; waits 90.00; booked sales 94.50
