# The same change under the policy paymenter-30: a month has 30 days
#
# 20 to 50 a month, 31 days from 1 January, changed on 20 January at 14:00 UTC.
# 12 days are left, of 30: 20 x 12/30 = 8.00 and 50 x 12/30 = 20.00.
policy  paymenter-30
plan    basic 20.00 EUR monthly
plan    pro 50.00 EUR monthly
given   2026-01-01 alice on basic monthly
quote   2026-01-20T14:00 alice to pro
expect  credit 8.00; charge 20.00; due 12.00; upgrade; next invoice 2026-02-01; recurring 50.00
submit  2026-01-20T14:00
expect  invoice open 12.00; still basic; change open; mail change_ordered
paid    2026-01-20T14:05
expect  on pro; change applied; wanted pro generation 2; mail plan_changed; no open invoice; balance 0.00
