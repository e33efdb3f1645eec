# Hours are counted from the start of the period, also of what lasted less than one
#
# April has 720 hours. At 10:30 on the 11th 250 have passed (250.5), at 11:15 251 (251.25): one of l has passed between them
# by the clock of the period, though it was had for 45 minutes. l: 60 x 470/720 = 39.17 charged, 60 x 469/720 = 39.08 back.
policy  vps
terms   unit = "hour", credit_from = "instant", charge_from = "instant", remainder = "rounded"
plan    s 10.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11T10:30 alice to l
expect  credit 6.53; charge 39.17; due 32.64
submit  2026-04-11T10:30
paid    2026-04-11T10:30
quote   2026-04-11T11:15 alice to s
expect  credit 39.08; charge 6.51; to balance 32.57
