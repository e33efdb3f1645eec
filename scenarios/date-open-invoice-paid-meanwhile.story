# The open invoice of the period is paid between the quote and the day: the same cents, and what was a debt is balance
#
# 11 days of m are given back, 11.00 of them a debt when it is quoted; 3.67 are charged for s. Paid meanwhile, the 11.00 go to
# the balance with the note that would have made the debt less.
policy  vps
terms   choose_date = true
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on m monthly unpaid
quote   2026-04-11 alice to s on 2026-04-20
expect  debt 11.00; credit 0.00; charge 3.67; due 3.67
submit  2026-04-11
paid    2026-04-15
expect  no open invoice; change scheduled; balance 0.00
later   2026-04-20T00:00
expect  invoice open 3.67; change open
paid    2026-04-20T10:00
expect  on s; change applied; balance 11.00; credit note 11.00
expect  covers m 2026-04-01 2026-04-20 19.00; covers s 2026-04-20 2026-05-01 3.67
