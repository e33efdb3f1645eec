# The same change under the policy stripe-seconds: time is counted by the second
#
# 20 to 50 a month, 31 days from 1 January, changed on 20 January at 14:00 UTC.
# Left are 11 days and 10 hours, 986,400 of 2,678,400 seconds. 20 x 986400/2678400 = 7.3656; 50 x the same = 18.4140.
policy  stripe-seconds
plan    basic 20.00 EUR monthly
plan    pro 50.00 EUR monthly
given   2026-01-01 alice on basic monthly
quote   2026-01-20T14:00 alice to pro
expect  credit 7.37; charge 18.41; due 11.04; upgrade; next invoice 2026-02-01; recurring 50.00
submit  2026-01-20T14:00
expect  invoice open 11.04; still basic; change open; mail change_ordered
paid    2026-01-20T14:05
expect  on pro; change applied; wanted pro generation 2; mail plan_changed; no open invoice; balance 0.00
