# Under trial = "end" a change in a trial begins the first month, charged in full and made when it is paid
#
# Ordered on the 5th and paid on the 7th: the month is counted from the 5th, the day of the order. While it waits the trial
# goes on. Nothing is given back for the trial.
policy  vps
terms   trial = "end"
plan    s 10.00 EUR monthly, trial 14 days
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-05 alice to l
expect  upgrade; credit 0.00; charge 60.00; due 60.00; next invoice 2026-05-05
submit  2026-04-05
expect  still s; trial until 2026-04-15; invoice open 60.00
paid    2026-04-07
expect  on l; no trial; period 2026-04-05 2026-05-05; balance 0.00; booked sales 60.00
expect  covers s 2026-04-01 2026-04-05 0.00; covers l 2026-04-05 2026-05-05 60.00
quote   2026-04-20 alice to s
expect  downgrade; credit 30.00; charge 5.00; to balance 25.00; next invoice 2026-05-05
later   2026-05-05
expect  invoices 2; period 2026-05-05 2026-06-05
