# W5: nothing is assigned while a change is open: it is paid or withdrawn first, and nobody's order is lost by the way
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
package 2026-04-02 changed
expect  refused package-fits
quote   2026-04-11 alice to m
submit  2026-04-11
assign  2026-04-11 l
expect  refused change-open; nothing; change open; invoice open 13.33
withdraw 2026-04-11
assign  2026-04-11 l
expect  on l; invoice void 13.33; package l waits
assign  2026-04-11 s
expect  on s; no package waits; costs 10.00
package 2026-04-11 changed
expect  refused package-fits; wanted s generation 1
