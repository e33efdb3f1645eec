# The same, and what was not paid is owed no more, used or not: also the usage that stands on it and what was used since
#
# 30.00 of April were paid. May: 31.00 and 5.00 of usage, 36.00; all of it is released, and the 1.00 of May never billed.
policy  used-day
dunning grace_days = 7, after_grace = "cancel", unpaid = "released"
plan    s 31.00 EUR monthly
meter   gb 0.10 EUR monthly
given   2026-04-01 alice on s monthly by card declines
reports 2026-04-10 50 gb
later   2026-05-01
expect  invoice open 36.00
gateway 2026-05-01 declined
reports 2026-05-03 10 gb
later   2026-05-08
expect  access ended; no open invoice; mail subscription_ended; balance 0.00; booked sales 31.00; booked tax 0.00
later   2026-07-01
expect  invoices 2; booked sales 31.00; nothing
