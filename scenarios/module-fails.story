# A module that fails leaves the books right, and staff can try again
module  by hand
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
submit  2026-04-11
paid    2026-04-11
module  2026-04-11T12:01 failed
expect  service failed; wanted m generation 2; observed generation 1; on m
retry   2026-04-11T12:05
expect  service wanted; wanted m generation 2
module  2026-04-11T12:06 done
expect  service done; observed generation 2; mail service_resized
retry   2026-04-11T12:07
expect  refused service-settled; nothing
