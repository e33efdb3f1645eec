# What is left of the old plan buys days of the new one; nothing is charged, and the payment date comes sooner
#
# The day of the change is the old plan's and the first of the new one. On 15 September 15 of 30 days are left of 30.00:
# 15.00. A day of the other plan costs 60.00 / 30 = 2.00, so 7.5 days, which are 8: 15 to 22 September.
policy  vps
terms   anchor = "extend", credit_from = "next_day", carry = "none"
plan    small 30.00 EUR monthly
plan    large 60.00 EUR monthly
given   2026-09-01 alice on small monthly
quote   2026-09-15 alice to large
expect  credit 15.00; charge 15.00; net 0.00; due 0.00; to balance 0.00; next invoice 2026-09-23; recurring 60.00; upgrade
submit  2026-09-15
expect  made at once; change applied; on large; no open invoice; invoice paid 0.00; balance 0.00
expect  covers small 2026-09-01 2026-09-16 15.00; covers large 2026-09-15 2026-09-23 15.00
expect  period 2026-09-15 2026-09-23; costs 60.00; mail plan_changed
later   2026-09-23
expect  period 2026-09-23 2026-10-23; invoice open 60.00
