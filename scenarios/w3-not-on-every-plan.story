# W3: an option that the other plan does not have refuses the change, for staff too; it must be given up with it
#
# 16 April, 15 of 30 days are left: half of 30.00 and half of 5.00 back, half of 10.00 charged.
policy  vps
plan    s 10.00 EUR monthly
plan    m 30.00 EUR monthly
option  backups 5.00 EUR monthly, yes or no, only on m
given   2026-04-01 alice on m monthly with backups 1
quote   2026-04-16 alice to s
expect  refused option-not-on-plan
quote   2026-04-16 alice to s by staff
expect  refused option-not-on-plan
quote   2026-04-16 alice to s without backups
expect  credit 17.50; charge 5.00; to balance 12.50; downgrade; recurring 10.00
submit  2026-04-16
expect  on s; with backups 0; balance 12.50
