# V5, V6: an upgrade is charged before it is made; it is made when the transfer has arrived, and not before
restart 60
module  by hand
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
plan    l 60.00 EUR monthly
given   2026-04-01 alice on s monthly
quote   2026-04-11 alice to m
expect  credit 6.67; charge 20.00; net 13.33; due 13.33; upgrade; restarts; next invoice 2026-05-01; nothing
submit  2026-04-11T12:10 by transfer
expect  upgrade; invoice open 13.33; still s; wanted s generation 1; change open; mail change_ordered
paid    2026-04-13
expect  on m; change applied; invoice paid 13.33; wanted m generation 2; observed generation 1; service wanted
expect  mail plan_changed; no open invoice; balance 0.00
module  2026-04-13T12:01 working
expect  service working; no mail
module  2026-04-13T12:02 done
expect  service done; observed generation 2; mail service_resized
again   2026-04-13T12:03
expect  nothing
# The days between the order and the payment belong to the new plan: the quote said so.
expect  covers s 2026-04-01 2026-04-11 3.33; covers m 2026-04-11 2026-05-01 20.00
later   2026-05-01
expect  invoice open 30.00
