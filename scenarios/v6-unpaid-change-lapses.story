# V6: a change that is not paid within its time lapses, and what was set aside of the balance is free again
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
grant   2026-04-02 5.00
quote   2026-04-11 alice to m
expect  from balance 5.00; due 8.33
submit  2026-04-11
expect  balance 0.00; reserved 5.00; invoice open 8.33
later   2026-04-14T11:59
expect  change open; nothing
later   2026-04-14T12:00
expect  change lapsed; invoice void 13.33; credit note 13.33; still s; mail change_lapsed; balance 5.00; reserved 0.00
expect  covers s 2026-04-01 2026-05-01 10.00
withdraw 2026-04-14T12:01
expect  refused change-not-open; nothing
paid    2026-04-15 8.33
expect  balance 13.33; receipt 8.33; still s
