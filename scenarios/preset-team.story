# Policy team: now or with the next period, as the customer likes; what is planned can be replaced and taken back (T3, T4)
#
# A planned change moves no money. On 12 April 19 of 30 days are left: 30 - 11 = 19.00 back, 60 - 22 = 38.00 charged.
policy  team
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s at period end
expect  made at period end; downgrade; credit 0.00; charge 0.00; total 0.00; due 0.00; recurring 10.00
expect  next invoice 2026-05-01
submit  2026-04-11
expect  change scheduled; still m; documents 1; no open invoice; mail change_ordered
quote   2026-04-12 alice to l now
expect  made now; credit 19.00; charge 38.00; due 19.00
submit  2026-04-12
expect  change open; still m; invoice open 19.00; mail change_withdrawn; mail change_ordered
quote   2026-04-13 alice to s at period end
submit  2026-04-13
expect  change scheduled; invoice void 19.00; credit note 19.00
withdraw 2026-04-14
expect  change withdrawn; mail change_withdrawn
quote   2026-04-15 alice to s at period end
submit  2026-04-15
again   2026-04-15
expect  nothing
later   2026-05-01
expect  on s; costs 10.00; period 2026-05-01 2026-06-01; invoice open 10.00; change applied; mail plan_changed
expect  wanted s generation 2; covers s 2026-05-01 2026-06-01 10.00 unpaid; covers m 2026-04-01 2026-05-01 30.00
