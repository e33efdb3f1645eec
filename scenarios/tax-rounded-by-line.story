# Tax is rounded on every line: 5 % of 5.10 is 0.255, so 0.26 twice
policy  vps
terms   tax_rounding = "line"
tax     5% VAT
plan    s 5.10 EUR monthly
option  memory 5.10 EUR monthly
given   2026-04-01 alice on s monthly with memory 1
expect  invoice paid 10.72; booked tax 0.52; covers memory 2026-04-01 2026-05-01 5.10 tax 0.26
