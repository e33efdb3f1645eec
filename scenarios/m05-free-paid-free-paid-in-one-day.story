# M05: free, paid, free and paid again within one day: no error, and the price of the paid plan from that day on
#
# 30 x 20/30 = 20.00 charged; all of it back; and charged again, from the balance this time.
policy  vps
plan    free 0.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on free monthly
expect  documents 0; on free; service done
quote   2026-04-11T09:00 alice to m
expect  credit 0.00; charge 20.00; due 20.00; upgrade
submit  2026-04-11T09:00
paid    2026-04-11T09:10
expect  on m
quote   2026-04-11T10:00 alice to free
expect  credit 20.00; charge 0.00; due 0.00; to balance 20.00; downgrade
submit  2026-04-11T10:00
expect  on free; balance 20.00; credit note 20.00; covers free 2026-04-11 2026-05-01 0.00
quote   2026-04-11T11:00 alice to m
expect  charge 20.00; from balance 20.00; due 0.00
submit  2026-04-11T11:00
expect  on m; balance 0.00; reserved 0.00; invoice paid 20.00; no open invoice
expect  covers free 2026-04-01 2026-04-11 0.00; covers m 2026-04-11 2026-05-01 20.00
