# Tax is rounded once, on what is charged less what is given back
#
# 13.33 - 6.67 = 6.66, of which 19 % is 1.27. Each side for itself would be 2.53 - 1.27 = 1.26.
policy  vps
terms   tax_rounding = "net"
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 20.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 13.33; net 6.66; tax 1.27; total 7.93
submit  2026-04-11
paid    2026-04-11
expect  booked tax 3.17; covers m 2026-04-11 2026-05-01 13.33 tax 2.54
