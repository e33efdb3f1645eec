# Policy paddle: by whole minutes, and a new cycle begins a new period
#
# 15,120 of 43,200 minutes are used; the half minute does not count. 10.00 x 0.65 = 6.50 back, 30.00 x 0.65 = 19.50.
# The year then begins with the change: 18,000 minutes are left, 30.00 x 18,000/43,200 = 12.50 back, 300.00 charged.
policy  paddle
plan    s 10.00 EUR monthly, 100.00 EUR yearly
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-04-01 alice on s monthly
quote   2026-04-11T12:00:30 alice to m
expect  credit 6.50; charge 19.50; due 13.00
submit  2026-04-11T12:00:30
paid    2026-04-11T12:01
expect  on m; no open invoice
quote   2026-04-18T12:00 alice to m yearly
expect  credit 12.50; charge 300.00; due 287.50; next invoice 2027-04-18
submit  2026-04-18T12:00
expect  made at once; yearly; period 2026-04-18 2027-04-18; invoice open 287.50
