# A change at the period's end in a trial is made when the trial is over, and its plan is what the first invoice is for
policy  lago
plan    s 10.00 EUR monthly, trial 14 days
plan    m 30.00 EUR monthly
given   2026-04-01 alice on m monthly
expect  no trial; invoice paid 30.00
given   2026-04-01 bob on s monthly
quote   2026-04-02 bob to m
submit  2026-04-02
expect  on m; trial until 2026-04-15; documents 0
quote   2026-04-05 bob to s
expect  downgrade; made at period end; charge 0.00; next invoice 2026-04-15
submit  2026-04-05
expect  still m; change scheduled; trial until 2026-04-15
later   2026-04-15
expect  on s; no trial; invoice open 10.00; period 2026-04-15 2026-05-15; invoices 1
