# M2, M11 under the used-day rule: a switch of the cycle moves the payment day to that day, both ways
#
# 11 April: 11 of 30 days are used, 19.00 back, a full year charged. 21 April: 11 of 365 days are used, 9.04: 290.96 back,
# a full month charged.
policy  used-day
plan    m 30.00 EUR monthly, 300.00 EUR yearly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to m yearly
expect  upgrade; credit 19.00; charge 300.00; due 281.00; next invoice 2027-04-11
submit  2026-04-11
paid    2026-04-11
expect  yearly; period 2026-04-11 2027-04-11
quote   2026-04-21 alice to m monthly
expect  downgrade; credit 290.96; charge 30.00; to balance 260.96; next invoice 2026-05-21
submit  2026-04-21
expect  monthly; period 2026-04-21 2026-05-21; balance 260.96
later   2026-05-21
expect  balance 230.96; no open invoice
