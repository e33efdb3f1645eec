# on_failure = "apply": the period ends while a change waits: it is made for the days that are over, then the next period begins
#
# 29 April: two days are left. 10.00 − 9.33 = 0.67 goes back, 30.00 × 2/30 = 2.00 is charged. The answer on the card comes
# when all that is over, and pays the invoice that is owed.
policy  vps
terms   on_failure = "apply"
plan    s 10.00 EUR monthly, 100.00 EUR yearly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-29 alice to m
expect  credit 0.67; charge 2.00; due 1.33
submit  2026-04-29 by card times_out_after_charging
gateway 2026-04-29T12:01 silent
later   2026-04-30T23:59
expect  still s; change open; nothing
later   2026-05-02
expect  on m; change applied; period 2026-05-01 2026-06-01; invoice open 1.33; invoice open 30.00; payment unknown
expect  covers s 2026-04-01 2026-04-29 9.33; covers m 2026-04-29 2026-05-01 2.00 unpaid
expect  covers m 2026-05-01 2026-06-01 30.00 unpaid; mail plan_changed
gateway 2026-05-03 captured
expect  invoice paid 1.33; invoice open 30.00; covers m 2026-04-29 2026-05-01 2.00
paid    2026-05-03T13:00
expect  no open invoice; balance 0.00

# With another cycle the change itself begins a period, and the old one has nothing left to renew. 10.00 × 2/31 is 0.65.
given   2026-05-04 bob on s monthly
quote   2026-06-02 bob to s yearly
expect  credit 0.65; charge 100.00; due 99.35
submit  2026-06-02
later   2026-06-05
expect  yearly; change applied; period 2026-06-02 2027-06-02; invoice open 99.35
expect  covers s 2026-06-02 2027-06-02 100.00 unpaid
