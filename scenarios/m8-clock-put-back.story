# M8: tries and grace are at the local time of the first failure, through the end of summer time
#
# New York puts the clock back on 1 November 2026. The failure is at noon on 30 October: each try is at noon there, and access ends
# at noon on the 6th, an hour more than seven times 24 hours later.
zone    America/New_York
policy  used-day
plan    s 30.00 EUR monthly
given   2026-09-30 alice on s monthly by card declines
later   2026-10-30
gateway 2026-10-30 declined
later   2026-10-31
gateway 2026-10-31 declined
later   2026-11-01T11:59
expect  nothing
later   2026-11-01
expect  payments 4; payment sent
gateway 2026-11-01 declined
later   2026-11-06T11:59
gateway 2026-11-06T11:59 declined
expect  access full
later   2026-11-06
gateway 2026-11-06 declined
later   2026-11-06
expect  access restricted
