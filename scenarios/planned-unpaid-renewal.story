# A planned change is made on its day, also where the period before it was never paid
policy  lago
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on m monthly unpaid
quote   2026-04-11 alice to s
expect  total 0.00; debt 0.00
submit  2026-04-11
later   2026-05-01
expect  on s; invoice open 30.00; invoice open 10.00; covers m 2026-04-01 2026-05-01 30.00 unpaid
expect  covers s 2026-05-01 2026-06-01 10.00 unpaid
