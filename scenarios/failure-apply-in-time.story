# on_failure = "apply": nobody pays for 72 hours, and the change is made, counted from its order; paid in time it is as ever
#
# 21 April: a third is left of the 30.00, 10.00 of the 20.00 that were never paid. They come off what is owed: 13.33 − 10.00.
policy  vps
terms   on_failure = "lapse"
rule    asked_by = "staff" set on_failure = "apply"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
given   2026-04-01 bob on s monthly
quote   2026-04-11 alice to m by staff
submit  2026-04-11
later   2026-04-14T11:59:59
expect  change open; still s; nothing
later   2026-04-14T12:00
expect  on m; change applied; invoice open 13.33; mail plan_changed
expect  covers s 2026-04-01 2026-04-11 3.33; covers m 2026-04-11 2026-05-01 20.00 unpaid
quote   2026-04-21 alice to l by staff
expect  credit 0.00; debt 10.00; charge 20.00; due 20.00
submit  2026-04-21
paid    2026-04-22
expect  on l; invoice paid 20.00; credit note 10.00; invoice open 3.33; covers m 2026-04-11 2026-04-21 10.00 unpaid
paid    2026-04-23 oldest
expect  no open invoice; covers m 2026-04-11 2026-04-21 10.00; balance 0.00

# A transfer that is a second late finds the change made, and pays for it.
quote   2026-04-23T13:00 bob to m by staff
submit  2026-04-23T13:00
paid    2026-04-26T13:00
expect  on m; change applied; no open invoice; balance 0.00
