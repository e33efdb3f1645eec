# M8: tries that nobody was there to make are not made up for: one try, and the next ones on their days
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-04T18:00
expect  payments 3; payment sent
gateway 2026-05-04T18:00 declined
later   2026-05-05T11:00
expect  nothing
later   2026-05-05
expect  payments 4
gateway 2026-05-05 declined
# Down to the end of the grace: the last try is made first, and while it runs access goes on.
later   2026-05-20
expect  payments 5; payment sent; access full
gateway 2026-05-20 captured
expect  no open invoice; access full; wanted s generation 1
