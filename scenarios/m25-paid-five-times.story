# M25: a renewal that is reported as paid five times, marked as paid by staff and met by the timer is one term
#
# The one transfer counts once. The money that staff mark a second time did arrive: it is balance, not a term.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
later   2026-05-01
expect  invoice open 10.00; period 2026-05-01 2026-06-01; invoices 2; covers s 2026-05-01 2026-06-01 10.00 unpaid
paid    2026-05-02
expect  no open invoice; mail payment_received; covers s 2026-05-01 2026-06-01 10.00; balance 0.00
again   2026-05-02
expect  nothing
again   2026-05-03
expect  nothing
again   2026-05-04
expect  nothing
again   2026-05-05
expect  nothing
paid    2026-05-06 10.00
expect  balance 10.00; receipt 10.00; period 2026-05-01 2026-06-01; invoices 2; mail money_to_balance
later   2026-05-06
expect  nothing
later   2026-06-01
expect  period 2026-06-01 2026-07-01; invoices 3; no open invoice; balance 0.00; reserved 0.00
