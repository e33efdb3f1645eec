# on_failure = "lapse": the change lapses with the first payment that fails; a transfer of another amount is no failure
#
# The balance of 5.00 is set aside and free again. The card that said no and paid all the same brings 8.33 to it, so that
# the second order, a day later, needs no card: 30.00 × 19/30 = 19.00 less 10.00 × 19/30 = 6.33, 12.67 of 13.33.
policy  vps
terms   on_failure = "lapse"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
grant   2026-04-02 5.00
quote   2026-04-11 alice to m
expect  total 13.33; from balance 5.00; due 8.33
submit  2026-04-11 by card declines
expect  balance 0.00; reserved 5.00; invoice open 8.33; change open
gateway 2026-04-11T12:01 declined
expect  change lapsed; payment failed; invoice void 13.33; credit note 13.33; no open invoice; mail change_lapsed
expect  still s; wanted s generation 1; balance 5.00; reserved 0.00; covers s 2026-04-01 2026-05-01 10.00
again   2026-04-11T12:02
expect  nothing
pay     2026-04-11T12:03 by card pays
expect  refused invoice-not-open; nothing
withdraw 2026-04-11T12:04
expect  refused change-not-open; nothing
gateway 2026-04-12 captured
expect  still s; receipt 8.33; balance 13.33; payment captured
quote   2026-04-12 alice to m
expect  credit 6.33; charge 19.00; due 0.00; from balance 12.67
submit  2026-04-12
expect  on m; change applied; balance 0.66; no open invoice

given   2026-04-12T13:00 bob on s monthly
quote   2026-04-12T13:00 bob to m
expect  due 20.00
submit  2026-04-12T13:00
paid    2026-04-12T14:00 19.00
expect  change open; balance 19.00; receipt 19.00; invoice open 20.00
later   2026-04-15T12:59
expect  change open; nothing
later   2026-04-15T13:00
expect  change lapsed; invoice void 20.00; balance 19.00; still s; mail change_lapsed
