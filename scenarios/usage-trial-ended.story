# A change that ends a trial ends what was free: its meters count from nothing
#
# 5000 units in the trial are free. From 8 April on m: 300 × 0.03 = 9.00 are on the invoice of 8 May, 30.00 + 9.00.
policy  vps
terms   trial = "end"
plan    s 10.00 EUR monthly, trial 14 days
plan    m 30.00 EUR monthly
meter   gb 0.02 EUR monthly on s, 0.03 EUR monthly on m
given   2026-04-01 alice on s monthly
reports 2026-04-05 5000 gb
quote   2026-04-08 alice to m
submit  2026-04-08
paid    2026-04-08
expect  on m; no trial; used 0 gb
reports 2026-04-20 300 gb
later   2026-05-08
expect  invoice open 39.00
