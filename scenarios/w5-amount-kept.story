# W5: without recalculation renewals go on at the old amount; recalculated later, the next one has the price of the plan
#
# Nothing of it moves what is billed already: the invoice of May stays 10.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
assign  2026-04-11 m
expect  on m; costs 10.00
later   2026-05-01
expect  invoice open 10.00; covers m 2026-05-01 2026-06-01 10.00 unpaid
assign  2026-05-06 m recalculated
expect  on m; costs 30.00; invoice open 10.00; package m waits; covers m 2026-05-01 2026-06-01 10.00 unpaid
assign  2026-05-06 m recalculated
expect  refused same-plan; nothing
paid    2026-05-07
expect  invoice paid 10.00; documents 2
later   2026-06-01
expect  invoice open 30.00; covers m 2026-06-01 2026-07-01 30.00 unpaid
