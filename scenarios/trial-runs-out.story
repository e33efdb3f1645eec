# A trial of 14 days runs out and the first month begins, invoiced in full; a second subscription of the product has none
#
# 1 to 14 April are the trial; the month begins on the 15th, and so do all after it.
policy  vps
plan    s 10.00 EUR monthly, trial 14 days
option  disk 1.00 EUR monthly, up to 10
given   2026-04-01 alice on s monthly with disk 2
expect  trial until 2026-04-15; period 2026-04-01 2026-04-15; costs 12.00; documents 0; no open invoice
expect  covers s 2026-04-01 2026-04-15 0.00; covers disk 2026-04-01 2026-04-15 0.00; wanted s with disk 2 generation 1
later   2026-04-14T23:59
expect  nothing
later   2026-04-15
expect  no trial; period 2026-04-15 2026-05-15; invoice open 12.00; invoices 1; mail period_invoiced
paid    2026-04-15
expect  covers s 2026-04-15 2026-05-15 10.00; covers disk 2026-04-15 2026-05-15 2.00; booked sales 12.00
later   2026-05-15
expect  period 2026-05-15 2026-06-15; invoices 2
