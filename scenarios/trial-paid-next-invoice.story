# Where changes are settled with the next invoice, so is what a trial costs more
#
# 1.00 on 1 April. Up to m: 2.00, which wait with 0.40 of tax. On 15 April 30.00 and 2.00, with 6.40 of tax: 38.40.
policy  vps
terms   gate = "none", settle_charge = "next_invoice", settle_credit = "next_invoice"
tax     20% VAT
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly in trial 3.00, trial 14 days
given   2026-04-01 alice on s monthly
expect  invoice paid 1.20
quote   2026-04-06 alice to m
expect  charge 2.00; due 0.00; waits after 2.40
submit  2026-04-06
expect  made at once; on m; waits 2.40; documents 1
quote   2026-04-07 alice to s
expect  charge 0.00; credit 0.00; waits after 2.40
submit  2026-04-07
quote   2026-04-08 alice to m
expect  charge 0.00
submit  2026-04-08
later   2026-04-15
expect  no trial; invoice open 38.40; waits 0.00
