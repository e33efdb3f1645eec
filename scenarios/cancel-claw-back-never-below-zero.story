# M11: what was used at the list price costs more than was paid: nothing goes back, and nothing is owed
#
# 11 of 12 months at the list price: 1000 × 11 ÷ 12 = 916.67, and 900.00 were paid.
policy  used-day
terms   unit = "month", credit_from = "instant", charge_from = "instant"
plan    pro 1000.00 EUR yearly less 100.00
given   2026-01-01 alice on pro yearly
cancel  2026-12-01T00:00 now
expect  credit 0.00; to balance 0.00; due 0.00
expect  balance 0.00; no open invoice; documents 1; access ended
