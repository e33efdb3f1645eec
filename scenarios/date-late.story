# Nobody was there on the chosen day: the change is made as quoted, before the renewal of its period
#
# 7.33 for the 11 days from the 20th, as on the day itself. 72 hours to pay are counted from 3 May 00:00, when it is asked for,
# and the renewal waits as long. Bob's policy does not wait for money: made and renewed in one go.
policy  vps
terms   choose_date = true
rule    from = ["l"] set gate = "none"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-20
submit  2026-04-11
later   2026-05-03T00:00
expect  change open; invoice open 7.33; still s; period 2026-04-01 2026-05-01
later   2026-05-05T23:59
expect  nothing
paid    2026-05-05T23:59
expect  on m; change applied; covers s 2026-04-01 2026-04-20 6.33; covers m 2026-04-20 2026-05-01 11.00
later   2026-05-05T23:59
expect  period 2026-05-01 2026-06-01; invoice open 30.00; covers m 2026-05-01 2026-06-01 30.00 unpaid

given   2026-05-06 bob on s monthly
quote   2026-05-06 bob to m on 2026-05-31
expect  credit 1.94; charge 5.81; due 3.87
submit  2026-05-06
later   2026-06-12T00:00
expect  change open; invoice open 3.87; period 2026-05-06 2026-06-06
later   2026-06-15T00:00
expect  change lapsed; still s; invoice void 3.87; invoice open 10.00; period 2026-06-06 2026-07-06

given   2026-06-16 carol on l monthly
quote   2026-06-16 carol to s on 2026-07-01
expect  credit 30.00; charge 5.00; to balance 25.00
submit  2026-06-16
later   2026-07-20T00:00
expect  change applied; on s; covers l 2026-06-16 2026-07-01 30.00; covers s 2026-07-01 2026-07-16 5.00
expect  period 2026-07-16 2026-08-16; covers s 2026-07-16 2026-08-16 10.00; balance 15.00
