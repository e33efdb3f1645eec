# A month that begins on the first day of a trial of as many days is charged in full all the same
#
# 30 days of trial from 1 April and the month of April are the same days. The option that stays is charged too.
policy  vps
terms   trial = "end"
plan    s 10.00 EUR monthly, trial 30 days
plan    l 60.00 EUR monthly
option  disk 1.00 EUR monthly, up to 10
given   2026-04-01 alice on s monthly with disk 2
expect  trial until 2026-05-01
quote   2026-04-01 alice to l
expect  charge 62.00; due 62.00; next invoice 2026-05-01
submit  2026-04-01
paid    2026-04-01
expect  on l; no trial; period 2026-04-01 2026-05-01; costs 62.00; invoices 1
expect  covers l 2026-04-01 2026-05-01 60.00; covers disk 2026-04-01 2026-05-01 2.00
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoices 2
