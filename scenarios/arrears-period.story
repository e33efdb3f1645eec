# A plan that is billed in arrears: nothing is due when it begins, and every invoice is for the period that is over
#
# April costs 9.00 and is on the invoice of 1 May, when May begins to wait. Sales are booked with the invoice.
policy  vps
plan    s 9.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
expect  documents 0; waits 9.00; costs 9.00; covers s 2026-04-01 2026-05-01 9.00 unpaid; booked sales 0.00
later   2026-04-30
expect  nothing
later   2026-05-01
expect  invoice open 9.00; waits 9.00; covers s 2026-05-01 2026-06-01 9.00 unpaid; booked sales 9.00; mail period_invoiced
paid    2026-05-03
expect  no open invoice; waits 9.00
later   2026-06-01
expect  invoice open 9.00; invoices 2; waits 9.00; booked sales 18.00
