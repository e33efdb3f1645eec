# From arrears to advance with the next period: one invoice has the period that is over and the one that begins
#
# 1 May: April of s, 9.00, and May of m, 39.00. Back to s with June: that invoice has nothing, for May is paid and June waits.
policy  vps
terms   when = "period_end", anchor = "keep"
plan    s 9.00 EUR monthly, billed in arrears
plan    m 39.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-16 alice to m
expect  made at period end; charge 0.00; due 0.00; waits after 9.00; next invoice 2026-05-01
submit  2026-04-16
later   2026-05-01
expect  on m; invoice open 48.00; waits 0.00; covers s 2026-04-01 2026-05-01 9.00 unpaid; covers m 2026-05-01 2026-06-01 39.00 unpaid
paid    2026-05-02
quote   2026-05-10 alice to s
submit  2026-05-10
later   2026-06-01
expect  on s; invoices 1; waits 9.00; no open invoice
later   2026-07-01
expect  invoice open 9.00; invoices 2
