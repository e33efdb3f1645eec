# M7: where the policy has no fee on cash, customers cannot ask for it.

policy  vps
plan    s 10.00 EUR monthly
given   2026-04-01 alice on s monthly
paid    2026-04-02 5.00 balance
payout  2026-04-03 5.00
expect  refused payout-not-offered
payout  2026-04-03 5.00 for 0.00
expect  refused payout-not-offered; balance 5.00
