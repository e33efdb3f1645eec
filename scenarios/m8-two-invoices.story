# M8, M10: billing goes on while access is restricted, and access returns when all that is unpaid is paid, not before
#
# May and June fail. 30.00 for May alone do not bring access back; with June it returns. July is billed on its day.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-20
gateway 2026-05-20 declined
later   2026-05-20
expect  access restricted; payments 3
later   2026-06-01
expect  period 2026-06-01 2026-07-01; covers s 2026-06-01 2026-07-01 30.00 unpaid; invoices 3; access restricted
gateway 2026-06-01 declined
paid    2026-06-02T09:00 oldest
expect  access restricted; invoice paid 30.00; invoice open 30.00; mail payment_received
paid    2026-06-02T10:00
expect  access full; no open invoice; mail access_restored; wanted s generation 3
later   2026-06-30
expect  nothing
later   2026-07-01
expect  period 2026-07-01 2026-08-01; invoices 4
gateway 2026-07-01 captured
expect  no open invoice; access full
