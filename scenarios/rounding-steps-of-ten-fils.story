# Dinars in tens of fils: 10 of 30 days were used, and parts are whole tens
#
# 10.000 x 10/30 = 3.3333 is 3.330, and the rest of 10.000 comes back. Of 12.500 the days before are 4.1666, 4.170, and the
# rest is charged. Tax is counted to the fils: of 0.500 the 0.167 on 3.330 stay and 0.333 come back; 8.330 bear 0.417.
terms   rounding_stage = { step = 10 }
tax     5% VAT
plan    s 10.000 KWD monthly
plan    m 12.500 KWD monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.670; charge 8.330; net 1.660; tax 0.084; total 1.744; due 1.744
submit  2026-04-11
paid    2026-04-11
expect  on m; covers s 2026-04-01 2026-04-11 3.330; covers m 2026-04-11 2026-05-01 8.330
# There and back on another day: 15 of 30 days of 12.500 are 6.250, those of 10.000 are 5.000.
quote   2026-04-16 alice to s
expect  credit 6.250; charge 5.000
