# quantity_decrease = "no_refund": fewer units give nothing back, as many again cost nothing, and only more than was paid is charged
#
# 21 April: ten units are paid to the end of the month though four are had. For fifteen, 45.00 × 10/30 is charged less the
# 30.00 × 10/30 of the ten: five units for ten days, 5.00.
policy  vps
terms   quantity_decrease = "no_refund"
plan    m 30.00 EUR monthly
option  memory 3.00 EUR monthly, up to 20
given   2026-04-01 alice on m monthly with memory 10
quote   2026-04-11 alice to m with memory 5
expect  downgrade; credit 0.00; charge 0.00; due 0.00; recurring 45.00
submit  2026-04-11
expect  made at once; with memory 5; costs 45.00; wanted m with memory 5 generation 2; balance 0.00; documents 1
expect  covers memory 2026-04-01 2026-05-01 30.00
quote   2026-04-16 alice to m with memory 10
expect  due 0.00; recurring 60.00
submit  2026-04-16
expect  with memory 10; covers memory 2026-04-01 2026-05-01 30.00
quote   2026-04-16T13:00 alice to m with memory 4
submit  2026-04-16T13:00
expect  with memory 4; balance 0.00
quote   2026-04-21 alice to m with memory 15
expect  credit 10.00; charge 15.00; due 5.00
submit  2026-04-21
paid    2026-04-21
expect  with memory 15; covers memory 2026-04-01 2026-04-21 20.00; covers memory 2026-04-21 2026-05-01 15.00
quote   2026-04-26 alice to m without memory
expect  credit 0.00; due 0.00; recurring 30.00
submit  2026-04-26
expect  costs 30.00; balance 0.00; covers memory 2026-04-21 2026-05-01 15.00; wanted m generation 6
later   2026-05-02
expect  invoice open 30.00; costs 30.00; covers m 2026-05-01 2026-06-01 30.00 unpaid
