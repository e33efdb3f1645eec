# With its period: it is had and paid until then, nothing goes back, and nothing is billed afterwards
policy  vps
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-11 now
expect  refused cancellation-not-offered
cancel  2026-04-11 at period end
expect  credit 0.00; total 0.00; made at period end; mail cancellation_scheduled; access full; balance 0.00
cancel  2026-04-12 at period end
expect  refused subscription-cancelled
later   2026-04-30
expect  access full; nothing
later   2026-05-01
expect  access ended; mail subscription_ended; invoices 1; documents 1; no open invoice
later   2026-08-01
expect  invoices 1; nothing
