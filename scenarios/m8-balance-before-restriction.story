# M8: balance that suffices when the grace is over pays the renewal, and access is not restricted
#
# With no day of grace access would end when the time to pay by transfer is over, on 16 May at 0:00. 40.00 were granted before that,
# when nothing was overdue yet: 30.00 of them pay now.
policy  vps
dunning grace_days = 0, after_grace = "restrict"
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
later   2026-05-01
grant   2026-05-10 40.00
expect  balance 40.00; invoice open 30.00
later   2026-05-15T23:59
expect  nothing
later   2026-05-16T00:00
expect  no open invoice; balance 10.00; access full; wanted s generation 1; mail payment_received
