# A day in a trial: a change there costs nothing, or ends the trial that day, as the policy says of a change on it
policy  vps
terms   choose_date = true
rule    to = ["l"] set trial = "end"
plan    s 10.00 EUR monthly, trial 14 days
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15
quote   2026-04-02 alice to m on 2026-04-15
expect  refused date-outside
quote   2026-04-02 alice to m on 2026-04-08
expect  total 0.00; next invoice 2026-04-15
submit  2026-04-02
expect  change scheduled
later   2026-04-08T00:00
expect  on m; change applied; trial until 2026-04-15; documents 0
quote   2026-04-08 alice to l on 2026-04-12
expect  due 60.00; next invoice 2026-05-12
submit  2026-04-08
later   2026-04-12T00:00
expect  invoice open 60.00; trial until 2026-04-15; still m
paid    2026-04-12T10:00
expect  on l; no trial; period 2026-04-12 2026-05-12; covers l 2026-04-12 2026-05-12 60.00
