# M8: money that comes late: the answer on a card after a transfer has paid, and balance that pays a part before a try
#
# The try on 2 May gets no answer. A transfer pays on the 3rd; when the card's money comes too, it is balance. In June a grant
# of 10.00 is not enough; the next try asks the card for 20.00 alone.
policy  used-day
plan    s 30.00 EUR monthly
given   2026-04-01 alice on s monthly by card times_out_after_charging
later   2026-05-01
gateway 2026-05-01 declined
later   2026-05-02
gateway 2026-05-02 silent
expect  payment unknown
later   2026-05-09
expect  nothing
paid    2026-05-10
expect  no open invoice; access full
gateway 2026-05-11 captured
expect  balance 30.00; receipt 30.00
later   2026-06-01
expect  no open invoice; balance 0.00; payments 3
later   2026-07-01
gateway 2026-07-01 declined
grant   2026-07-01 10.00
expect  balance 10.00; invoice open 30.00
later   2026-07-02
expect  balance 0.00; reserved 10.00; invoice open 20.00; payment sent
gateway 2026-07-02 captured
expect  no open invoice; reserved 0.00; balance 0.00; invoice paid 30.00
