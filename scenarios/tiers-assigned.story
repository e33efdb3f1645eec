# Staff assign another quantity at the present amount: it costs what it cost, in whichever tier it is; recalculated, the tiers count
#
# Five seats, two for nothing and three for 6.00 each, are 18.00; eight for the same are 18.00, recalculated 36.00.
policy  vps
plan    s 10.00 EUR monthly
option  seat graduated 0.00 to 2 then 6.00 EUR monthly, by the seat, up to 50
given   2026-04-01 alice on s monthly with seat 5
assign  2026-04-11 s with seat 8
expect  with seat 8; costs 28.00; balance 0.00
assign  2026-04-12 s with seat 8 recalculated
expect  with seat 8; costs 46.00; balance 0.00
