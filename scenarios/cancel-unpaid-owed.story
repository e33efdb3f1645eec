# Parameter 71: after the grace the subscription ends; the rest comes off the invoice, what was used stays owed
#
# May has 31 days: 31.00. Declined on the 1st at noon, grace of seven days: on the 8th at noon it ends. Of May 8 days are used
# (used-day), 8.00; 23.00 come off.
policy  used-day
dunning grace_days = 7, after_grace = "cancel", retries = { offsets = [3] }
plan    s 31.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-04
gateway 2026-05-04 declined
expect  access full; payments 3
later   2026-05-08
expect  access ended; invoice open 8.00; credit note 23.00; mail subscription_ended; payments 3
later   2026-07-01
expect  payments 3; invoice open 8.00; invoices 2
paid    2026-07-02
expect  no open invoice; access ended; booked sales 39.00
