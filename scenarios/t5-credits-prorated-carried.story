# T5: what was used beyond what shared credits give comes off what a rule carries to another plan
#
# On 16 April 15 of 30 days are left. Alice has used all 40 hours of m; down to s the plans of the period give
# 40 + (20 − 40) × 15/30 = 30, ten fewer than she used. Staff move her back to m by a rule that adds its 40 hours: of 70 she
# has used 40, so 30 are left and not 40.
policy  vps
terms   credits = "prorate", gate = "none"
rule    asked_by = "staff" set credits = "carry"
plan    s 10.00 EUR monthly, gives 20 hours
plan    m 30.00 EUR monthly, gives 40 hours
given   2026-04-01 alice on m monthly
uses    2026-04-05 40
quote   2026-04-16 alice to s
expect  downgrade; credits after 0
submit  2026-04-16
expect  on s; credits 0
quote   2026-04-16 alice to m by staff
expect  upgrade; credits after 30
submit  2026-04-16
expect  on m; credits 30
