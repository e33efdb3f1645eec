# W5: fewer of an option for the same amount, to the cent, also where it cannot be divided
#
# Three for 3.03 in all; two of them at 1.52 less 0.01.
policy  vps
plan    s 10.00 EUR monthly
option  memory 1.01 EUR monthly, up to 8
given   2026-04-01 alice on s monthly with memory 3
expect  costs 13.03
assign  2026-04-11 with memory 2
expect  with memory 2; costs 13.03
later   2026-05-01
expect  invoice open 13.03; covers memory 2026-05-01 2026-06-01 3.03 unpaid
