# On the chosen day nobody pays: the time to pay is counted from that day, and the change lapses with it
#
# 72 hours from the 20th. The transfer that comes later is balance.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-20
submit  2026-04-11 by card declines
expect  change scheduled
later   2026-04-20T00:00
expect  change open; invoice open 7.33; payment sent
gateway 2026-04-20T00:01 declined
expect  change open; payment failed; mail payment_failed
later   2026-04-22T23:59
expect  change open; nothing
later   2026-04-23T00:00
expect  change lapsed; invoice void 7.33; credit note 7.33; still s; mail change_lapsed; covers s 2026-04-01 2026-05-01 10.00
paid    2026-04-23T12:00 7.33
expect  balance 7.33; receipt 7.33; still s
