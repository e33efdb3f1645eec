# M2 under the used-day rule: free to paid begins a month on that day; paid to free gives the rest back
#
# On 21 April 11 of 30 days are used, that day among them: 30.00 - 11.00 = 19.00.
policy  used-day
plan    free 0.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on free monthly
quote   2026-04-11 alice to m
expect  upgrade; credit 0.00; charge 30.00; due 30.00; next invoice 2026-05-11
submit  2026-04-11
expect  still free; invoice open 30.00
paid    2026-04-11
expect  on m; period 2026-04-11 2026-05-11
quote   2026-04-21 alice to free
expect  downgrade; credit 19.00; charge 0.00; to balance 19.00
submit  2026-04-21
expect  on free; balance 19.00; credit note 19.00; period 2026-04-11 2026-05-11
later   2026-05-11
expect  balance 19.00; invoices 1; no open invoice
