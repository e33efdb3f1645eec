# Used day: the day on which it is cancelled is used
#
# April has 30 days. Cancelled on the 20th: 20 are used, 10 go back: 30.00 × 10 ÷ 30 = 10.00.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly
cancel  2026-04-20 now
expect  credit 10.00; to balance 10.00
expect  balance 10.00; credit note 10.00; access ended; service done
expect  covers s 2026-04-01 2026-04-21 20.00; booked sales 20.00
later   2026-06-01
expect  invoices 1; balance 10.00
