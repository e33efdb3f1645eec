# A change on a chosen day can be taken back, and gives way to a newer wish, as any planned change
#
# Replaced by one on the 21st: 10 of 30 days are left, 3.33 back and 10.00 charged. The hours of the plan are used meanwhile.
policy  vps
terms   choose_date = true, pending = "replace", credits = "carry"
plan    s 10.00 EUR monthly, gives 10 hours
plan    m 30.00 EUR monthly, gives 40 hours
plan    l 60.00 EUR monthly, gives 80 hours
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to l on 2026-04-12
expect  credit 6.33; charge 38.00; due 31.67; credits after 90
submit  2026-04-11
expect  change scheduled; documents 1
withdraw 2026-04-11T13:00
expect  change withdrawn; documents 1; mail change_withdrawn; still s
later   2026-04-12
expect  nothing
quote   2026-04-12 alice to l on 2026-04-20
expect  credit 3.67; charge 22.00; due 18.33
submit  2026-04-12
quote   2026-04-13 alice to m on 2026-04-21
expect  credit 3.33; charge 10.00; due 6.67
submit  2026-04-13
expect  change scheduled; documents 1; mail change_withdrawn; mail change_ordered
uses    2026-04-15 4
later   2026-04-20
expect  change scheduled; nothing
later   2026-04-21T00:00
expect  change open; invoice open 6.67; documents 2; still s
withdraw 2026-04-21T00:10
expect  change withdrawn; invoice void 6.67; credit note 6.67; still s; credits 6
quote   2026-04-21T00:20 alice to m on 2026-04-22
expect  credit 3.00; charge 9.00; due 6.00; credits after 46
submit  2026-04-21T00:21
later   2026-04-22T00:00
expect  invoice open 6.00
paid    2026-04-22T09:00
expect  on m; change applied; credits 46; covers s 2026-04-01 2026-04-22 7.00; covers m 2026-04-22 2026-05-01 9.00
