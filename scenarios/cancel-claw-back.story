# M6: a year paid 900 on a list price of 1000 and left after six months gives 400 back
#
# terms of months: 6 of 12 are used, and cost 1000 × 6 ÷ 12 = 500.00 at the list price. 900.00 − 500.00 = 400.00.
# By days: 2026-01-01 to 2026-06-30 are 181 of 365 days with the day of the end: 1000 × 181 ÷ 365 = 495.89 (495.890…), so
# that 404.11 go back. Nothing is charged afterwards: a year later there is still the one invoice.
policy  used-day
terms   unit = "month", credit_from = "instant", charge_from = "instant"
plan    pro 1000.00 EUR yearly less 100.00
given   2026-01-01 alice on pro yearly
cancel  2026-07-01T00:00 now
expect  credit 400.00; to balance 400.00; total -400.00; made now
expect  balance 400.00; credit note 400.00; no open invoice; mail subscription_ended; access ended
later   2027-01-02
expect  invoices 1; documents 2; balance 400.00; booked sales 500.00
