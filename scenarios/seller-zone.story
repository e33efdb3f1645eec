# M4: days are counted where the seller says: 18:00 in New York is the next morning in Seoul
#
# In Seoul it is 11 April, a used day: 11 of 30 are used, 10.00 - 3.67 = 6.33 back; 20 days are charged, 20.00. In New
# York it would be the 10th, 6.67 and 21.00.
policy  used-day
zone    America/New_York
seller  zone Asia/Seoul
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-10T18:00 alice to m
expect  credit 6.33; charge 20.00; due 13.67
submit  2026-04-10T18:00
paid    2026-04-10T18:00
expect  on m; no open invoice
