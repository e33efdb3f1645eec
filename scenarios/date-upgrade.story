# A customer moves up on a day of their choice: counted from there when it is quoted, charged on the day, the same cents
#
# 11 of the 30 days of April are left on the 20th: 10.00 × 11/30 = 3.67 back, 30.00 × 11/30 = 11.00 charged. The dearer
# price list comes too late, and 5.00 that are granted meanwhile pay first. Until the day nothing is invoiced.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m on 2026-04-20
expect  upgrade; made on 2026-04-20; credit 3.67; charge 11.00; total 7.33; from balance 0.00; due 7.33; recurring 30.00
expect  next invoice 2026-05-01
submit  2026-04-11 by card pays
expect  change scheduled; still s; documents 1; no open invoice; mail change_ordered; covers s 2026-04-01 2026-05-01 10.00
again   2026-04-11T12:05
expect  nothing
publish 2026-04-14 plan m 36.00 EUR monthly
grant   2026-04-15 5.00
later   2026-04-19T23:59
expect  nothing
later   2026-04-20T00:00
expect  change open; still s; invoice open 2.33; balance 0.00; reserved 5.00; payment sent; mail change_ordered
later   2026-04-20T00:01
expect  nothing
withdraw 2026-04-20T00:02
expect  refused change-being-paid; nothing
gateway 2026-04-20T00:03 captured
expect  on m; change applied; wanted m generation 2; invoice paid 7.33; reserved 0.00; mail plan_changed; costs 30.00
expect  covers s 2026-04-01 2026-04-20 6.33; covers m 2026-04-20 2026-05-01 11.00; booked sales 17.33
later   2026-05-01
expect  invoice open 30.00; covers m 2026-05-01 2026-06-01 30.00 unpaid
