# M7: the balance is paid out as cash less a fee of 10 %, to the cent, and never twice.

policy  used-day
plan    s 10.00 USD monthly
given   2026-04-01 alice on s monthly
paid    2026-04-02 400.00 balance
expect  balance 400.00; receipt 400.00

# Seed 003: 400.00 less 10 % is 360.00, and the fee of 40.00 is income.
payout  2026-04-03 400.00
expect  balance 0.00; payout 360.00; booked payouts 400.00; mail payout_requested
again   2026-04-03
expect  nothing
payout  2026-04-03 1.00 for 0.10
expect  refused payout-open

sent    2026-04-04
expect  booked payouts 0.00; booked payout_fees 40.00; balance 0.00; mail payout_sent
# 10.00 came for the first period, 400.00 for the balance, and 360.00 left.
expect  booked cash_bank 50.00
again   2026-04-04
expect  nothing
returned 2026-04-04
expect  refused payout-not-open
payout  2026-04-04 0.01 for 0.00
expect  refused payout-too-much
