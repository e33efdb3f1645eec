# M35: where tax is rounded on the net, two rates are still two: each side keeps its own
#
# 10.00 of 30.00 comes back with 1.90 of its 5.70 at 19 %. 3.33 is charged at 7 %, 0.23. Seven percent of the net, 0.47,
# would have been too little to give back.
policy  vps
terms   tax_rounding = "net"
tax     19% VAT
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
given   2026-04-01 alice on m monthly
publish 2026-04-15 tax 7% VAT
quote   2026-04-21 alice to s
expect  credit 10.00; charge 3.33; tax -1.67; total -8.34; to balance 8.34
