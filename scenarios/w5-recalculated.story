# W5: recalculated, the next renewal bills today's price list, with its tax; the running period stays as it was paid
#
# 10.00 and 1.90 tax stay what was paid for April. A move to l on 12 May gives back 20 of 31 days of what May was billed
# at: 36.00 - round(36 x 11/31 = 12.774) = 23.23.
policy  vps
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
publish 2026-04-05 plan m 36.00 EUR monthly
assign  2026-04-11 m recalculated
expect  on m; costs 36.00; documents 1; covers s 2026-04-01 2026-05-01 10.00 tax 1.90; booked tax 1.90
package 2026-04-11 changed
expect  wanted m generation 2
later   2026-05-01
expect  invoice open 42.84; covers m 2026-05-01 2026-06-01 36.00 tax 6.84 unpaid
paid    2026-05-01
quote   2026-05-12 alice to l
expect  upgrade; credit 23.23
