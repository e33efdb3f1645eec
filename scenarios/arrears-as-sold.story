# A newer catalogue bills a plan in advance: who was sold it in arrears stays so until the plan is sold anew
#
# With an option the plan stays as it was sold; it adds 2.00 x 15/30 = 1.00 to what waits. To the year everything is sold anew,
# in advance: of May 9.00 x 15/31 = 4.35 and 2.00 x 15/31 = 0.97 were used; with the 114.00 of the year that is 119.32.
policy  vps
plan    s 9.00 EUR monthly, 90.00 EUR yearly, billed in arrears
option  memory 2.00 EUR monthly, 24.00 EUR yearly
given   2026-04-01 alice on s monthly
publish 2026-04-02 plan s 9.00 EUR monthly, 90.00 EUR yearly
quote   2026-04-16 alice to s with memory 1
expect  charge 1.00; due 0.00; waits after 10.00
submit  2026-04-16
later   2026-05-01
expect  invoice open 10.00; waits 11.00
paid    2026-05-01
quote   2026-05-16 alice to s yearly
expect  credit 5.68; charge 114.00; net 119.32; due 119.32; waits after 0.00
submit  2026-05-16
paid    2026-05-16
expect  yearly; waits 0.00; covers s 2026-05-16 2027-05-16 90.00
