# Tax is rounded once on the document, and its lines share it out
#
# 5 % of 5.10 + 5.10 is 0.51; the first line takes the stray cent. By the line it would be 0.26 twice.
policy  vps
tax     5% VAT
plan    s 5.10 EUR monthly
option  memory 5.10 EUR monthly
given   2026-04-01 alice on s monthly with memory 1
expect  invoice paid 10.71; covers s 2026-04-01 2026-05-01 5.10 tax 0.26
expect  covers memory 2026-04-01 2026-05-01 5.10 tax 0.25; booked tax 0.51
