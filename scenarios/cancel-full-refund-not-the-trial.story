# What a trial cost stays paid where all of the first period goes back, also where the trial ended on the day it began
#
# 1.00 for the trial; m at 60.00 ends it at once. On the 2nd the 60.00 go back, and the 1.00 does not.
policy  used-day
terms   trial = "end"
plan    s 30.00 EUR monthly in trial 1.00, trial 14 days
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-01 alice to m
expect  due 60.00
submit  2026-04-01
paid    2026-04-01
cancel  2026-04-02 now
expect  to balance 60.00; balance 60.00; booked sales 1.00
