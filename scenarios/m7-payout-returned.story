# M7: a payout that cannot be sent comes back whole; no fee is taken, and the next one is counted as if it had not been.

policy  used-day
plan    s 10.00 USD monthly
given   2026-04-01 alice on s monthly
paid    2026-04-02 100.00 balance

payout  2026-04-03 60.00
expect  balance 40.00; payout 54.00
returned 2026-04-05
expect  balance 100.00; receipt 60.00; booked payouts 0.00; booked payout_fees 0.00; mail payout_returned
again   2026-04-05
expect  nothing
sent    2026-04-05
expect  refused payout-not-open

payout  2026-04-06 100.00
expect  payout 90.00; balance 0.00
sent    2026-04-07
expect  booked payout_fees 10.00; booked cash_bank 20.00
