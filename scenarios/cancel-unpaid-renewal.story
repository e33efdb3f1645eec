# Never paid: the rest comes off its invoice, what was used stays owed, and nobody tries again
#
# May has 31 days, 31.00. Cancelled on the 10th, which is used: 21.00 come off, 10.00 stay owed.
policy  used-day
cancellation when = ["now"]
plan    s 31.00 EUR monthly
given   2026-04-01 alice on s monthly by card declines
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-05
expect  payment sent
cancel  2026-05-10 now
expect  debt 21.00; credit 0.00; due 0.00
expect  invoice open 10.00; credit note 21.00; access ended; balance 0.00
gateway 2026-05-10 declined
later   2026-07-01
expect  payments 3; invoice open 10.00; invoices 2; access ended
paid    2026-07-01
expect  no open invoice; booked sales 41.00
