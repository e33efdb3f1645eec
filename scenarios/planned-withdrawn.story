# A planned change that is taken back is as if it had never been
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly
quote   2026-04-11 alice to s
submit  2026-04-11
expect  change scheduled; documents 1
withdraw 2026-04-20
expect  change withdrawn; documents 1; mail change_withdrawn
later   2026-05-01
expect  still m; invoice open 30.00; wanted m generation 1
