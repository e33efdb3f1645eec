# direction_by: what a change is goes by the list price by the month, not by the order of the plans or the cycle
#
# Big stands above plus in the catalogue and costs less: to it is down, so it comes with the next period. A year of plus
# is 300.00, 25.00 a month, less than 30.00: down as well. A year of mini is 276.00, 23.00 a month: as much as mini by the month.
policy  vps
terms   direction_by = "price_per_month"
rule    direction = "downgrade" set when = "period_end"
plan    mini 23.00 EUR monthly, 276.00 EUR yearly
plan    plus 30.00 EUR monthly, 300.00 EUR yearly
plan    big 20.00 EUR monthly
given   2026-04-01 alice on plus monthly
quote   2026-04-11 alice to big
expect  downgrade; made at period end; total 0.00
quote   2026-04-11 alice to plus yearly
expect  downgrade; made at period end
quote   2026-04-11 alice to mini yearly
expect  downgrade; made at period end
submit  2026-04-11
expect  change scheduled; still plus
given   2026-04-12 bob on mini monthly
quote   2026-04-12 bob to mini yearly
expect  change; made now
quote   2026-04-12 bob to plus
expect  upgrade; made now
