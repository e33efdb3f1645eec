# W5: an option is dropped, and a full period goes on costing the same: what the option cost goes to the plan
#
# May is billed at 10.00 + 4.00. On 11 May 21 of 31 days are left: 14.00 - round(14 x 10/31 = 4.516) = 9.48.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
option  memory 2.00 EUR monthly, up to 8
given   2026-04-01 alice on s monthly with memory 2
assign  2026-04-11 m without memory
expect  on m; with memory 0; costs 14.00; covers memory 2026-04-01 2026-05-01 4.00
later   2026-05-01
expect  invoice open 14.00; covers m 2026-05-01 2026-06-01 14.00 unpaid
paid    2026-05-01
quote   2026-05-11 alice to l
expect  credit 9.48; charge 40.65; due 31.17
