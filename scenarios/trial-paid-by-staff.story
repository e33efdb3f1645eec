# What staff assign in a trial costs the trial no more, also later
#
# Staff put Alice from s, 1.00, to m, 3.00, for nothing. To s and to m again costs nothing; to l, 5.50 - 3.00 = 2.50.
policy  vps
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly in trial 3.00, trial 14 days
plan    l 60.00 EUR monthly in trial 5.50, trial 14 days
given   2026-04-01 alice on s monthly
assign  2026-04-03 m recalculated
expect  on m; trial until 2026-04-15; documents 1; booked sales 1.00
quote   2026-04-04 alice to s
submit  2026-04-04
quote   2026-04-05 alice to m
expect  charge 0.00
quote   2026-04-06 alice to l by staff
expect  charge 2.50
