# A plan that costs nothing but what is used: usage makes an invoice where there would be none
#
# 200 units × 0.01 = 2.00. A month without usage has no invoice.
policy  vps
plan    s 0.00 EUR monthly
meter   gb 0.01 EUR monthly
given   2026-04-01 alice on s monthly
expect  documents 0
reports 2026-04-10 200 gb
later   2026-05-01
expect  invoice open 2.00; invoices 1
paid    2026-05-02
later   2026-06-01
expect  invoices 1; no open invoice
