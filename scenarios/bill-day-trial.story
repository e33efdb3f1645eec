# After a trial the first period leads to the bill day as after a start, also with another plan and by a change that ends it
#
# The trial of 14 days is over on 15 April: 16 of the 30 days of April are 16.00 of s. On the 25th 6 days are left: 6.00 back,
# 12.00 for m. Bob chooses m for the time after his trial: 32.00. Carol ends hers on the 5th: 26 of 30 days of l, 78.00.
policy  vps
rule    phase = "trial", direction = "downgrade" set when = "period_end"
rule    phase = "trial", to = ["l"] set trial = "end"
terms   bill_day = 1, anchor = "keep"
plan    xs 15.00 EUR monthly
plan    s 30.00 EUR monthly, 365.00 EUR yearly, trial 14 days
plan    m 60.00 EUR monthly
plan    l 90.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15; period 2026-04-01 2026-04-15; documents 0
later   2026-04-15
expect  no trial; period 2026-04-15 2026-05-01; invoice open 16.00; invoices 1
paid    2026-04-15
quote   2026-04-25 alice to m
expect  credit 6.00; charge 12.00; due 6.00; next invoice 2026-05-01
later   2026-05-01
expect  period 2026-05-01 2026-06-01; invoice open 30.00
given   2026-06-01 bob on s monthly
quote   2026-06-02 bob to m
expect  charge 0.00; next invoice 2026-06-15
submit  2026-06-02
later   2026-06-15
expect  on m; no trial; period 2026-06-15 2026-07-01; invoice open 32.00
given   2026-07-01 dave on s monthly
quote   2026-07-02 dave to xs
expect  downgrade; made at period end; next invoice 2026-07-15
submit  2026-07-02
later   2026-07-15
# 17 of the 31 days of July: 15 - 15 x 14/31 (6.7742) = 8.23.
expect  on xs; no trial; period 2026-07-15 2026-08-01; invoice open 8.23
given   2026-09-01 carol on s monthly
quote   2026-09-05 carol to l
expect  credit 0.00; charge 78.00; due 78.00; next invoice 2026-10-01; recurring 90.00
submit  2026-09-05
paid    2026-09-05
expect  on l; no trial; period 2026-09-05 2026-10-01; covers l 2026-09-05 2026-10-01 78.00
later   2026-10-01
expect  period 2026-10-01 2026-11-01; invoice open 90.00
