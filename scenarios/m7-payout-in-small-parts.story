# M7: many small payouts cost what a large one does. The fee is 10 % of all of them together, less what was taken before.

policy  used-day
plan    s 10.00 USD monthly
given   2026-04-01 alice on s monthly
paid    2026-04-02 0.12 balance

# Each alone would be free: 10 % of 0.04 is 0.004. Together they cost 0.01: 0.004, 0.008 and 0.012 round to 0, 0.01, 0.01.
payout  2026-04-03 0.04
expect  payout 0.04
sent    2026-04-03T13:00
expect  booked payout_fees 0.00
payout  2026-04-04 0.04 for 0.00
expect  refused payout-fee-changed
payout  2026-04-04 0.04
expect  payout 0.03
sent    2026-04-04T13:00
expect  booked payout_fees 0.01
payout  2026-04-05 0.04
expect  payout 0.04
sent    2026-04-05T13:00
expect  booked payout_fees 0.01; balance 0.00
