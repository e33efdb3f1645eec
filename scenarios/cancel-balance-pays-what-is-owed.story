# What goes to the balance pays what is owed of the same subscription
#
# Under used-day: m was bought at once and owed (gate none): 20 of 30 days at 60.00 are 40.00, 1 more for its day: 42.00; of s 19
# days go back, 19.00. 23.00 are owed. Cancelled on the 20th: of m 10 days, 20.00, come off; 3.00 stay owed.
policy  used-day
terms   gate = "none"
plan    s 30.00 EUR monthly
plan    m 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 19.00; charge 40.00; due 21.00
submit  2026-04-11
expect  invoice open 21.00; on m
grant   2026-04-12 0.50
cancel  2026-04-20 now
expect  debt 20.00; to balance 0.00; invoice open 1.00; access ended; balance 0.50
