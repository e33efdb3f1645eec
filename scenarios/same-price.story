# A move to a plan of the same price costs nothing, leaves nothing, and is made at once
#
# 30 - 10 = 20.00 back and 20.00 charged.
plan    intel 30.00 EUR monthly
plan    amd 30.00 EUR monthly
given   2026-04-01 alice on intel monthly
quote   2026-04-11 alice to amd
expect  credit 20.00; charge 20.00; net 0.00; due 0.00; to balance 0.00; upgrade
submit  2026-04-11
expect  on amd; balance 0.00; no open invoice; wanted amd generation 2; mail plan_changed
expect  covers intel 2026-04-01 2026-04-11 10.00; covers amd 2026-04-11 2026-05-01 20.00
