# M8: where a transfer is waited for nothing is tried, and the grace begins when the time to pay is over
#
# The invoice of 1 May is to be paid until the 15th: overdue from the 16th, 0:00, and access ends on the 23rd, 0:00.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
later   2026-05-01
expect  invoice open 30.00
later   2026-05-22T23:59
expect  nothing
later   2026-05-23T00:00
expect  access restricted; mail access_restricted; payments 0
# Too little goes to the balance, and what suffices there pays it.
paid    2026-05-24 10.00
expect  balance 10.00; access restricted; invoice open 30.00
grant   2026-05-25 20.00
expect  balance 0.00; no open invoice; access full; mail access_restored; mail payment_received
