# A year chosen in a trial of six weeks, longer than the month it was of, begins when it is over
#
# 45 days from 1 March in Berlin, over the night that lacks an hour, are over on 15 April.
policy  stripe-seconds
zone    Europe/Berlin
plan    s 10.00 EUR monthly, 100.00 EUR yearly, trial 45 days
given   2026-03-01 alice on s monthly
expect  trial until 2026-04-15; documents 0
quote   2026-04-10 alice to s yearly
expect  upgrade; charge 0.00; due 0.00; recurring 100.00; next invoice 2026-04-15
submit  2026-04-10
expect  yearly; trial until 2026-04-15; period 2026-03-01 2026-04-15; documents 0
quote   2026-04-12 alice to s monthly
submit  2026-04-12
expect  monthly; trial until 2026-04-15
quote   2026-04-12 alice to s yearly
submit  2026-04-12
later   2026-04-15
expect  yearly; no trial; invoice open 100.00; period 2026-04-15 2027-04-15
