# From prepaid to postpaid with nothing moved now: the difference on the first boundary, the new price on the second
#
# 11 April, 20 of 30 days: (20.00 - 10.00) x 20/30 = 6.67, on the invoice of May. The invoice of June has May, 20.00.
policy  vps
terms   netting = "item", settle_credit = "next_invoice"
plan    s 10.00 EUR monthly
plan    m 20.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  net 6.67; due 0.00; to balance 0.00; waits after 6.67
submit  2026-04-11
expect  on m; documents 1; balance 0.00; waits 6.67
later   2026-05-01
expect  invoice open 6.67; waits 20.00
later   2026-06-01
expect  invoice open 20.00; waits 20.00
