# The same change under the policy vps: the day of the change belongs to the new plan
#
# 20 to 50 a month, 31 days from 1 January, changed on 20 January at 14:00 UTC.
# 19 days are used, 12 are left. Used of the old plan 20 x 19/31 = 12.2581, so 12.26, and 7.74 is given back; of the
# new plan 50 x 19/31 = 30.6452, so 30.65 is not charged, and 19.35 is.
policy  vps
plan    basic 20.00 EUR monthly
plan    pro 50.00 EUR monthly
given   2026-01-01 alice on basic monthly
quote   2026-01-20T14:00 alice to pro
expect  credit 7.74; charge 19.35; due 11.61; upgrade; next invoice 2026-02-01; recurring 50.00
submit  2026-01-20T14:00
expect  invoice open 11.61; still basic; change open; mail change_ordered
paid    2026-01-20T14:05
expect  on pro; change applied; wanted pro generation 2; mail plan_changed; no open invoice; balance 0.00
