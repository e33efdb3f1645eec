# A card payment on its way takes more than a downgrade leaves to pay: the rest is balance, and the capture is booked
#
# 11 May: 30.00 were billed for 31 days, 10 are used: 30 - round(9.6774) = 20.32 are owed no more, so 9.68 are left. The
# card was asked for 30.00 on the first of May and takes them: 30.00 - 9.68 = 20.32 too much.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly by card pays
later   2026-05-01
expect  invoice open 30.00; payment sent
quote   2026-05-11 alice to s
expect  debt 20.32; charge 6.77; due 6.77
submit  2026-05-11
paid    2026-05-12T12:00
expect  on s; invoice open 9.68; payment sent; balance 0.00
gateway 2026-05-12T12:01 captured
expect  payment captured; invoice paid 30.00; no open invoice; receipt 20.32; balance 20.32
expect  covers m 2026-05-01 2026-05-11 9.68; covers s 2026-05-11 2026-06-01 6.77
