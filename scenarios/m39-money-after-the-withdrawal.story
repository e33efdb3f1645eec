# M39: money that arrives for a change that was withdrawn becomes balance once, with a receipt, and makes nothing
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11 by card declines
gateway 2026-04-11T12:01 declined
expect  mail payment_failed; payment failed; change open
withdraw 2026-04-11T12:05
expect  change withdrawn; invoice void 13.33; credit note 13.33; mail change_withdrawn
gateway 2026-04-12 captured
expect  still s; wanted s generation 1; balance 13.33; receipt 13.33; mail money_to_balance; change withdrawn
again   2026-04-12
expect  refused attempt-not-running; nothing
paid    2026-04-13
expect  balance 26.66; receipts 2; still s
# Next time the balance pays first: 12 April and two days on, 17 of 30 days are left. 10 - round(4.3333) = 5.67;
# 30 - 13 = 17.00; 11.33 to pay.
quote   2026-04-14 alice to m
expect  credit 5.67; charge 17.00; from balance 11.33; due 0.00
submit  2026-04-14
expect  on m; balance 15.33; no open invoice
