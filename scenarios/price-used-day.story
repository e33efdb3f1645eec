# The same change under the policy used-day: a day that was touched is a used day, for both plans
#
# 20 to 50 a month, 31 days from 1 January, changed on 20 January at 14:00 UTC.
# The old plan is given back from the 21st, 11 days: 20.00 - 12.90 = 7.10. The new one is charged from the 20th, 12
# days: 50.00 - 30.65 = 19.35.
policy  used-day
plan    basic 20.00 EUR monthly
plan    pro 50.00 EUR monthly
given   2026-01-01 alice on basic monthly
quote   2026-01-20T14:00 alice to pro
expect  credit 7.10; charge 19.35; due 12.25; upgrade; next invoice 2026-02-01; recurring 50.00
submit  2026-01-20T14:00
expect  invoice open 12.25; still basic; change open; mail change_ordered
paid    2026-01-20T14:05
expect  on pro; change applied; wanted pro generation 2; mail plan_changed; no open invoice; balance 0.00
