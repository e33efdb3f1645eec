# Plans and options there and back in a trial cost nothing and never make it longer
#
# The day of a change is billed to both under used-day; in a trial both are for nothing.
policy  used-day
plan    s 10.00 EUR monthly, trial 14 days
plan    l 60.00 EUR monthly, trial 30 days
option  disk 1.00 EUR monthly, up to 10
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to l with disk 4
submit  2026-04-03
expect  made at once; on l; trial until 2026-04-15
quote   2026-04-03 alice to s without disk
expect  credit 0.00; charge 0.00; due 0.00; to balance 0.00; next invoice 2026-04-15
submit  2026-04-03
expect  on s; trial until 2026-04-15; costs 10.00
quote   2026-04-10 alice to s with disk 3
submit  2026-04-10
quote   2026-04-14 alice to s without disk
submit  2026-04-14
expect  documents 0; balance 0.00; trial until 2026-04-15
later   2026-04-15
expect  no trial; invoice open 10.00; period 2026-04-15 2026-05-15
