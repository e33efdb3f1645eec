# M7: what was granted is used up first and never paid out, also when it was set aside in between.

policy  vps
terms   cash_out_fee = "0"
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
grant   2026-04-02 5.00
payout  2026-04-02 0.01 for 0.00
expect  refused payout-too-much
paid    2026-04-03 8.00 balance
expect  balance 13.00
payout  2026-04-03 8.01 for 0.00
expect  refused payout-too-much

# A change sets 13.00 aside and gives them back: 5.00 of them are granted still. 30 x 20/30 - 10 x 20/30 = 13.33.
quote   2026-04-11 alice to m
expect  from balance 13.00; due 0.33
submit  2026-04-11
expect  reserved 13.00; balance 0.00
withdraw 2026-04-11
expect  balance 13.00
payout  2026-04-11 8.01 for 0.00
expect  refused payout-too-much

# Two of the 13.00 go on the second day; then the rest of the granted 5.00 goes with a renewal.
payout  2026-04-11 2.00
expect  balance 11.00; payout 2.00
sent    2026-04-12
later   2026-05-01
# The renewal takes 10.00, the 5.00 that were granted first; 1.00 is left, and was paid in.
expect  balance 1.00; invoice paid 10.00
payout  2026-05-02 1.01 for 0.00
expect  refused payout-too-much
payout  2026-05-02 1.00
expect  balance 0.00; payout 1.00
