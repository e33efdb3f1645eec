# A cancellation is taken back as long as the period goes on, and never afterwards
policy  vps
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
uncancel 2026-04-05
expect  refused not-cancelled
cancel  2026-04-11 at period end
uncancel 2026-04-20
expect  mail cancellation_withdrawn; access full
later   2026-05-01
expect  invoice open 30.00; access full; invoices 2
paid    2026-05-02
cancel  2026-05-10 at period end
later   2026-06-01
expect  access ended; invoices 2
