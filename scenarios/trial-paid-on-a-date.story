# A change on a chosen day of the trial costs what the trial costs more on that day
#
# Quoted on 3 April for the 8th: 3.00 - 1.00 = 2.00, asked for on the 8th and not before.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly in trial 1.00, trial 14 days
plan    m 30.00 EUR monthly in trial 3.00, trial 14 days
given   2026-04-01 alice on s monthly
quote   2026-04-03 alice to m on 2026-04-08
expect  made on 2026-04-08; charge 2.00
submit  2026-04-03
expect  documents 1; change scheduled; still s
later   2026-04-08
expect  invoice open 2.00; documents 2
paid    2026-04-08
expect  on m; trial until 2026-04-15; booked sales 3.00
