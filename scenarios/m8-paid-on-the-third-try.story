# M8: the third try succeeds: nothing was restricted, and no more tries are made
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card pays
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-02
gateway 2026-05-02 declined
later   2026-05-03
gateway 2026-05-03 declined
later   2026-05-04
expect  payments 5; payment sent
gateway 2026-05-04 captured
expect  invoice paid 30.00; no open invoice; mail payment_received; access full; wanted s generation 1
later   2026-05-09
expect  nothing
