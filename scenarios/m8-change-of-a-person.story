# M8: what a person orders is not tried again: it fails, and nothing changes. Beside it the renewal goes its way
#
# 11 May: 20 of 31 days of 30.00 go back, 19.35; the day of the change is charged too: 21 of 31 days of 60.00 are 40.65.
policy  used-day
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01 captured
quote   2026-05-11 alice to m
expect  credit 19.35; charge 40.65; due 21.30
submit  2026-05-11 by card declines
gateway 2026-05-11 declined
expect  change open; still s; payments 3; mail payment_failed
later   2026-05-13
expect  nothing
later   2026-05-14
expect  change lapsed; still s; payments 3; no open invoice; access full

# A change is refused while access is restricted, and goes on as before when it is back.
later   2026-06-01
gateway 2026-06-01 declined
quote   2026-06-02T09:00 alice to m
expect  upgrade; due 58.00
later   2026-06-20
gateway 2026-06-20 declined
later   2026-06-20
expect  access restricted
quote   2026-06-20 alice to m
expect  refused access-restricted
paid    2026-06-20
expect  access full
quote   2026-06-20 alice to m
expect  upgrade; credit 10.00; charge 22.00; due 12.00
