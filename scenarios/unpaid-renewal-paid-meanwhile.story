# A debt that is paid before the change is made comes back to the balance: no cent is lost
#
# As above, but the renewal of 30.00 is paid while the downgrade waits for its 6.77: the 20.32 are money now.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
later   2026-05-01
quote   2026-05-11 alice to s
submit  2026-05-11
expect  invoice open 30.00; invoice open 6.77
paid    2026-05-12T12:00 oldest
expect  still m; invoice paid 30.00; invoice open 6.77; covers m 2026-05-01 2026-06-01 30.00
paid    2026-05-12T12:01
expect  on s; balance 20.32; credit note 20.32; no open invoice
expect  covers m 2026-05-01 2026-05-11 9.68; covers s 2026-05-11 2026-06-01 6.77
