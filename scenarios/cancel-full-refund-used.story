# What was used is not given back in full, and is billed with the end
#
# 3 of 30 days are used: 27.00 go back of 30.00. 100 GB at 0.02 are 2.00: a credit note of 25.00.
policy  used-day
plan    s 30.00 EUR monthly
meter   gb 0.02 EUR monthly
given   2026-04-01 alice on s monthly
reports 2026-04-02 100 gb
cancel  2026-04-03 now
expect  credit 27.00; charge 2.00; to balance 25.00; credit note 25.00; balance 25.00; booked sales 5.00
