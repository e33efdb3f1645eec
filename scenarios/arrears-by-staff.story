# Staff assign a plan: this period is billed as it is; recalculated, the next ones are billed as the new plan is
#
# Alice's April waits for 1 May, and May of m, in advance, comes with it: 9.00 + 39.00. Bob keeps his amount and his way.
policy  vps
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
assign  2026-04-16 m recalculated
expect  on m; waits 9.00; documents 0
later   2026-05-01
expect  invoice open 48.00; waits 0.00
given   2026-05-02 bob on s monthly
assign  2026-05-16 m
expect  on m; waits 9.00
later   2026-06-02
expect  invoice open 9.00; waits 9.00; costs 9.00
