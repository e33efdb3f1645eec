# In arrears and with the period: the whole of it, and all that was used, on the last invoice; a declined card is not tried again
policy  used-day
plan    s 30.00 EUR monthly, billed in arrears
meter   gb 0.10 EUR monthly
given   2026-04-01 alice on s monthly by card declines
reports 2026-04-05 50 gb
cancel  2026-04-11 at period end
expect  charge 35.00; total 0.00
reports 2026-04-20 10 gb
later   2026-05-01
expect  invoice open 36.00; access ended; payments 1; mail subscription_ended
gateway 2026-05-01 declined
later   2026-05-20
expect  payments 1; invoice open 36.00; access ended
paid    2026-06-01
expect  no open invoice; access ended; balance 0.00
