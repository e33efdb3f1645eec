# M8, M10: a renewal that cannot be paid is tried once a day for a week, then access is restricted until it is paid
#
# The first payment fails on 1 May at noon: tries on the 2nd to the 8th at noon, and on the 8th, when the last one has failed,
# access ends. Paid on the 20th it returns at once, and the days without it are not given back.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
expect  invoice open 30.00; period 2026-05-01 2026-06-01; access full
gateway 2026-05-01 declined
expect  mail payment_failed; payments 2; access full; balance 0.00
later   2026-05-02T11:59
expect  nothing
later   2026-05-02
expect  payments 3; payment sent
later   2026-05-02T12:01
expect  nothing
gateway 2026-05-02T12:05 declined
expect  mail payment_failed; access full
later   2026-05-03
gateway 2026-05-03 declined
later   2026-05-04
gateway 2026-05-04 declined
later   2026-05-05
gateway 2026-05-05 declined
later   2026-05-06
gateway 2026-05-06 declined
later   2026-05-07
gateway 2026-05-07 declined
expect  payments 8; access full; wanted s generation 1
later   2026-05-08
expect  payments 9; payment sent; access full
gateway 2026-05-08 declined
expect  payments 9; mail payment_failed; access full
later   2026-05-08
expect  access restricted; mail access_restricted; wanted s generation 2; observed generation 2; service done
expect  invoice open 30.00; covers s 2026-05-01 2026-06-01 30.00 unpaid
later   2026-05-19
expect  nothing
paid    2026-05-20
expect  access full; mail access_restored; mail payment_received; wanted s generation 3; no open invoice
expect  covers s 2026-05-01 2026-06-01 30.00; period 2026-05-01 2026-06-01; balance 0.00; booked sales 60.00
