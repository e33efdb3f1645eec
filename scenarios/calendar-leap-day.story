# A year from 29 February ends on 28 February, and comes back to the 29th in the next leap year
plan    basic 366.00 EUR yearly
plan    pro 732.00 EUR yearly
given   2028-02-29 alice on basic yearly
expect  period 2028-02-29 2029-02-28; yearly
later   2029-02-28
expect  period 2029-02-28 2030-02-28
later   2030-02-28
expect  period 2030-02-28 2031-02-28
later   2031-02-28
expect  period 2031-02-28 2032-02-29
later   2032-02-29
expect  period 2032-02-29 2033-02-28; invoices 5
