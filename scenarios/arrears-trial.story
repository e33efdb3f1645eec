# After a trial the first period in arrears is on the first invoice, at its end; a trial that a change ends asks for nothing
#
# Alice's trial is over on 15 April; her month is billed on 15 May. Bob ends his on 6 May by going up to m: his month begins
# then, and costs nothing before 6 June.
policy  vps
rule    phase = "trial", to = ["m"] set trial = "end"
plan    s 10.00 EUR monthly, trial 14 days, billed in arrears
plan    m 30.00 EUR monthly, billed in arrears
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15; waits 0.00
later   2026-04-15
expect  no trial; documents 0; waits 10.00; period 2026-04-15 2026-05-15
given   2026-05-01 bob on s monthly
quote   2026-05-06 bob to m
expect  credit 0.00; charge 30.00; net 0.00; due 0.00; waits after 30.00; next invoice 2026-06-06
submit  2026-05-06
expect  made at once; on m; no trial; documents 0; waits 30.00; period 2026-05-06 2026-06-06
later   2026-06-06
expect  invoice open 30.00; waits 30.00
