# The same change under the policy day-to-old: the day of the change belongs to the old plan
#
# 20 to 50 a month, 31 days from 1 January, changed on 20 January at 14:00 UTC.
# 20 days are used, 11 are left. 20 x 20/31 = 12.9032: 20.00 - 12.90 = 7.10. 50 x 20/31 = 32.2581: 50.00 - 32.26 = 17.74.
policy  day-to-old
plan    basic 20.00 EUR monthly
plan    pro 50.00 EUR monthly
given   2026-01-01 alice on basic monthly
quote   2026-01-20T14:00 alice to pro
expect  credit 7.10; charge 17.74; due 10.64; upgrade; next invoice 2026-02-01; recurring 50.00
submit  2026-01-20T14:00
expect  invoice open 10.64; still basic; change open; mail change_ordered
paid    2026-01-20T14:05
expect  on pro; change applied; wanted pro generation 2; mail plan_changed; no open invoice; balance 0.00
