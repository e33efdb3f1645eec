# T5: a plan without credits gives none for its days, and what the days before it gave stays
#
# On s for the last 20 of 30 days: 30 × 20/30 = 20 hours. Back with 10 days left: 20 − 10 = 10, which can be used up;
# and on s again with 10 days left: 10 more. A period of the plan without any has none.
policy  vps
terms   credits = "prorate", gate = "none"
plan    bare 1.00 EUR monthly
plan    s 10.00 EUR monthly, gives 30 hours
given   2026-04-01 alice on bare monthly
expect  no credits
quote   2026-04-11 alice to s
expect  credits after 20
submit  2026-04-11
expect  on s; credits 20
uses    2026-04-12 4
quote   2026-04-21 alice to bare
expect  credits after 6
submit  2026-04-21
expect  on bare; credits 6
uses    2026-04-21 6
expect  credits 0
quote   2026-04-21 alice to s
expect  credits after 10
submit  2026-04-21
expect  credits 10
quote   2026-04-21 alice to bare
expect  credits after 0
submit  2026-04-21
later   2026-05-01
expect  on bare; no credits
