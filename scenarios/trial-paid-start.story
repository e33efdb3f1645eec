# A trial that is paid for: 14 days for 1.00, then 19.00 a month, and tax on both
#
# 1 April: 1.00 and 19% of it, 0.19. 15 April: 19.00 and 3.61 of tax, 22.61, of the whole month to 15 May; so again then. What
# the trial cost covers no time: the days cost nothing. A discount is of the month, not of the trial: Bob pays 1.00 too, and
# 17.10 with 3.249 of tax, so 3.25, from then on.
policy  vps
tax     19% VAT
plan    s 19.00 EUR monthly in trial 1.00, trial 14 days
plan    m 19.00 EUR monthly less 10% in trial 1.00, trial 14 days
given   2026-04-01 alice on s monthly
expect  trial until 2026-04-15; period 2026-04-01 2026-04-15; invoice paid 1.19; documents 1; booked tax 0.19
expect  booked sales 1.00; covers s 2026-04-01 2026-04-15 0.00; waits 0.00
later   2026-04-15
expect  no trial; invoice open 22.61; documents 2; period 2026-04-15 2026-05-15
paid    2026-04-15
expect  covers s 2026-04-15 2026-05-15 19.00 tax 3.61; booked sales 20.00; booked tax 3.80
later   2026-05-15
expect  invoice open 22.61; documents 3
given   2026-06-01 bob on m monthly
expect  invoice paid 1.19
later   2026-06-15
expect  invoice open 20.35
