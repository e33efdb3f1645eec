# A price for a thousand units: parts of a cent are rounded once on a line, and add up over lines
#
# 0.25 for 1000 messages. On s 1500 = 0.375, rounded 0.38. On m, at 0.50 for 1000, 1501 after those: 3001 are 1.5005,
# rounded 1.50, less 1500 = 0.75: 0.75. May: 30.00 + 0.38 + 0.75 = 31.13.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
meter   mail 0.25 EUR monthly on s, 0.50 EUR monthly on m, per 1000
given   2026-04-01 alice on s monthly
reports 2026-04-10 1500 mail
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
reports 2026-04-20 1501 mail
later   2026-05-01
expect  invoice open 31.13
