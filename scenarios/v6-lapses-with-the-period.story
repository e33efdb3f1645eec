# V6: an unpaid change lapses at the latest with its period, and the old plan is renewed
#
# 29 April: 2 of 30 days are left: 10 - round(9.3333) = 0.67; 30 - 28 = 2.00.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-29 alice to m
expect  due 1.33
submit  2026-04-29
later   2026-05-01T00:00
expect  change lapsed; invoice void 1.33; still s; invoice open 10.00; period 2026-05-01 2026-06-01
