# M7: nothing is paid out while an invoice is to be paid; one that a change only waits for is none.

policy  vps
terms   cash_out_fee = "0"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
given   2026-04-02 alice on s monthly unpaid
paid    2026-04-03 5.00 balance
payout  2026-04-03 5.00 for 0.00
expect  refused owed-first
paid    2026-04-04 oldest
expect  no open invoice
quote   2026-04-05 alice to m
submit  2026-04-05
expect  reserved 5.00
paid    2026-04-06 3.00 balance
payout  2026-04-06 3.00
expect  balance 0.00; payout 3.00; change open
