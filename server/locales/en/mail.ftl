# Mails. `direction` is upgrade, downgrade or change; `route` is one of the two below.

mail-greeting = Hello { $name },
mail-questions = Questions? Answer this mail or write to { $email }.
mail-line = { $words }: { $value }
mail-route = from { $from } to { $to }
mail-route-within = within { $plan }

mail-see-change = See the change
mail-follow-change = Follow the change
mail-see-service = See the service
mail-see-invoice = See the invoice
mail-see-and-pay = See and pay the invoice
mail-pay-invoice = Pay the invoice
mail-see-balance = See your balance
mail-see-document = See { $number }
mail-to-pay = To pay
mail-put-on-balance = Put on your balance
mail-balance-pays = Your balance pays your next invoices by itself.

mail-planned-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } is planned
    [downgrade] { $brand }: the downgrade of { $service } is planned
   *[change] { $brand }: the change of { $service } is planned
}
mail-planned = { $direction ->
    [upgrade] You ordered the upgrade of { $service } { $route }. It is made with the next period, on { $by }. Until then nothing changes, and nothing is to pay now.
    [downgrade] You ordered the downgrade of { $service } { $route }. It is made with the next period, on { $by }. Until then nothing changes, and nothing is to pay now.
   *[change] You ordered the change of { $service } { $route }. It is made with the next period, on { $by }. Until then nothing changes, and nothing is to pay now.
}
mail-planned-day = { $direction ->
    [upgrade] You ordered the upgrade of { $service } { $route } for { $day }. Until then nothing changes, and nothing is to pay.
    [downgrade] You ordered the downgrade of { $service } { $route } for { $day }. Until then nothing changes.
   *[change] You ordered the change of { $service } { $route } for { $day }. Until then nothing changes, and nothing is to pay.
}
mail-planned-day-due = On that day { $amount } is due. What is on your balance then pays first.
mail-planned-day-back = On that day { $amount } comes back to your balance.
mail-planned-until-then = You can take it back until then.

mail-ordered-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } waits for { $amount }
    [downgrade] { $brand }: the downgrade of { $service } waits for { $amount }
   *[change] { $brand }: the change of { $service } waits for { $amount }
}
mail-ordered = { $direction ->
    [upgrade] You ordered the upgrade of { $service } { $route }. It is made as soon as invoice { $number } is paid. Until then nothing changes.
    [downgrade] You ordered the downgrade of { $service } { $route }. It is made as soon as invoice { $number } is paid. Until then nothing changes.
   *[change] You ordered the change of { $service } { $route }. It is made as soon as invoice { $number } is paid. Until then nothing changes.
}
mail-ordered-in-the-end = { $direction ->
    [upgrade] You ordered the upgrade of { $service } { $route }; invoice { $number } is for it. The upgrade is made as soon as it is paid.
    [downgrade] You ordered the downgrade of { $service } { $route }; invoice { $number } is for it. The downgrade is made as soon as it is paid.
   *[change] You ordered the change of { $service } { $route }; invoice { $number } is for it. The change is made as soon as it is paid.
}
mail-ordered-until = Please pay until { $by }. If it is not paid by then, the order lapses, the invoice is cancelled and you owe nothing for it.
mail-ordered-until-failed = Please pay until { $by }. If a payment fails, or none comes by then, the order lapses, the invoice is cancelled and you owe nothing for it.
mail-ordered-until-in-the-end = Please pay until { $by }. If a payment fails, or none comes by then, it is made all the same, and you owe the invoice.
mail-ordered-how = If you chose a card, we are taking the payment now and there is nothing for you to do. By bank transfer, pay to { $bank } and name { $number }.

mail-changed-subject = { $brand }: { $service } is now on { $to }
mail-changed-within-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } is made
    [downgrade] { $brand }: the downgrade of { $service } is made
   *[change] { $brand }: the change of { $service } is made
}
mail-changed = { $direction ->
    [upgrade] The upgrade is made: { $service } was on { $from } and is now on { $to }.
    [downgrade] The downgrade is made: { $service } was on { $from } and is now on { $to }.
   *[change] The change is made: { $service } was on { $from } and is now on { $to }.
}
mail-changed-within = { $direction ->
    [upgrade] The upgrade of { $service } is made: it stays on { $to }, with the options and the billing cycle you chose.
    [downgrade] The downgrade of { $service } is made: it stays on { $to }, with the options and the billing cycle you chose.
   *[change] The change of { $service } is made: it stays on { $to }, with the options and the billing cycle you chose.
}
mail-changed-free = There was nothing to pay for it, and nothing to give back.
mail-changed-credited = { $amount } for the days you paid and no longer need is on your balance, with credit note { $number }. Your balance pays your next invoices by itself.
mail-changed-owed = It costs { $amount }. Please pay invoice { $number } until { $by }; if you chose a card, we are taking the payment now.
mail-changed-missed = It costs { $amount }, and no payment of it has come. It was made all the same, as it said when you ordered. Please pay invoice { $number }: you owe it.
mail-changed-paid = It cost { $amount }; invoice { $number } is paid.
mail-changed-cost = It cost { $amount }.
mail-changed-next-invoice = It costs { $amount } until your next invoice of { $day }, which asks for it: there is nothing to pay now.
mail-changed-off-next-invoice = { $amount } for the days you no longer need comes off your next invoice of { $day }. If that asks for less, the rest goes to your balance.
mail-changed-arrears = What you have now is billed when its time is over, on { $day }: there is nothing to pay for it before.
mail-changed-bought = { $count ->
    [one] What was left of what you paid lasts for { $days } day of what you have now, so there was nothing to pay. Your next invoice comes on { $day }.
   *[other] What was left of what you paid lasts for { $days } days of what you have now, so there was nothing to pay. Your next invoice comes on { $day }.
}
mail-changed-restart = { $seconds ->
    [one] To take its new size the server restarts, and is away for about { $seconds } second. We write again when it runs.
   *[other] To take its new size the server restarts, and is away for about { $seconds } seconds. We write again when it runs.
}

mail-resized-subject = { $brand }: { $service } has its new size and runs again
mail-resized = { $service } has its new size, has restarted and runs again. Its data is as it was.
mail-set-up-subject = { $brand }: { $service } is set up
mail-set-up = Everything that belongs to the change of { $service } is set up.

mail-lapsed-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } was not paid in time
    [downgrade] { $brand }: the downgrade of { $service } was not paid in time
   *[change] { $brand }: the change of { $service } was not paid in time
}
mail-lapsed-failed-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } was not paid
    [downgrade] { $brand }: the downgrade of { $service } was not paid
   *[change] { $brand }: the change of { $service } was not paid
}
mail-lapsed = { $direction ->
    [upgrade] The upgrade of { $service } { $route } was not paid in time, so it was not made. Nothing changed: it stays on { $from }.
    [downgrade] The downgrade of { $service } { $route } was not paid in time, so it was not made. Nothing changed: it stays on { $from }.
   *[change] The change of { $service } { $route } was not paid in time, so it was not made. Nothing changed: it stays on { $from }.
}
mail-lapsed-failed = { $direction ->
    [upgrade] The payment of the upgrade of { $service } { $route } did not go through, or did not come in time, so it was not made. Nothing changed: it stays on { $from }.
    [downgrade] The payment of the downgrade of { $service } { $route } did not go through, or did not come in time, so it was not made. Nothing changed: it stays on { $from }.
   *[change] The payment of the change of { $service } { $route } did not go through, or did not come in time, so it was not made. Nothing changed: it stays on { $from }.
}
mail-lapsed-again = You can order it again at any time. If your payment is on its way, it will be put on your balance.
mail-nothing-owed = You owe nothing for it: { $amount } was taken back with credit note { $number }. What was set aside of your balance for it is free again.
mail-nothing-owed-plainly = You owe nothing for it.

mail-withdrawn-subject = { $direction ->
    [upgrade] { $brand }: the upgrade of { $service } was withdrawn
    [downgrade] { $brand }: the downgrade of { $service } was withdrawn
   *[change] { $brand }: the change of { $service } was withdrawn
}
mail-withdrawn = { $direction ->
    [upgrade] The upgrade of { $service } { $route } was withdrawn before it was made. Nothing changed: it stays on { $from }.
    [downgrade] The downgrade of { $service } { $route } was withdrawn before it was made. Nothing changed: it stays on { $from }.
   *[change] The change of { $service } { $route } was withdrawn before it was made. Nothing changed: it stays on { $from }.
}

mail-payment-failed-subject = { $brand }: the payment of { $amount } did not go through
mail-payment-failed = We tried to take { $amount } for invoice { $number }, and the payment did not go through. No money was taken, and nothing has changed.
mail-payment-failed-retry = We will try again on { $day }.
mail-payment-failed-restricts = If it is not paid by { $day }, access is restricted until everything that is open is paid.
mail-payment-failed-ends = If it is not paid by { $day }, the service ends then.
mail-payment-failed-how = Please pay with another card, or by bank transfer to { $bank }, naming { $number }.

mail-to-balance-subject = { $brand }: { $amount } was put on your balance
mail-to-balance = Your payment arrived, and there was nothing left to pay with it. It is on your balance, with receipt { $number }.

mail-invoiced-subject = { $brand }: invoice { $number } for { $service }
mail-invoiced = A new period of { $service } has begun; invoice { $number } is for it.
mail-trial-invoiced = The trial of { $service } has begun; invoice { $number } is for it.
mail-invoiced-how = If you pay by card, we are taking the payment now and there is nothing for you to do. By bank transfer, pay to { $bank } and name { $number }.

mail-received-subject = { $brand }: invoice { $number } is paid
mail-received = Thank you: { $amount } arrived, and invoice { $number } is paid.

mail-restricted-subject = { $brand }: access to { $service } is restricted
mail-restricted = Access to { $service } is restricted because a renewal has not been paid. Nothing is deleted. The time until you pay goes on being billed.
mail-restricted-how = Access returns as soon as everything that is open is paid: by card, or by bank transfer to { $bank }.
mail-pay-all = Pay what is open

mail-restored-subject = { $brand }: access to { $service } is back
mail-restored = Thank you. Everything that was open is paid, and access to { $service } is as before.

mail-payout-requested-subject = { $brand }: { $amount } of your balance is to be paid out
mail-payout-requested = You asked us to pay out balance. We have taken it off your balance with document { $number }, which says what fee is kept. We are sending the rest, and tell you when it is on its way.
mail-payout-net = Paid out
mail-payout-sent-subject = { $brand }: { $amount } is on its way to you
mail-payout-sent = We have sent you what document { $number } pays out. Your bank may take a few days to show it. If you did not ask for this, please write to us at once.
mail-payout-returned-subject = { $brand }: the payout did not go through, { $amount } is on your balance again
mail-payout-returned = We could not send your payout. All of it is on your balance again with receipt { $number }, which says why; no fee was taken.

mail-cancelled-subject = { $brand }: { $service } is cancelled
mail-cancelled = { $service } ends at { $by }, with the period that is paid for. Nothing is charged afterwards.
mail-cancelled-until-then = Until then everything stays as it is, and you can take the cancellation back.

mail-uncancelled-subject = { $brand }: { $service } goes on
mail-uncancelled = The cancellation of { $service } was taken back. Nothing ends, and it is renewed as before.

mail-ended-subject = { $brand }: { $service } has ended
mail-ended = { $service } has ended. Nothing of it is charged any more.
mail-ended-unpaid = { $service } has ended because a renewal was not paid. Nothing of it is charged any more.
mail-ended-to-balance = { $amount } of what was paid was put on your balance.
mail-ended-released = { $amount } that had not been paid is not owed any more.
mail-ended-owed = { $amount } is still owed for the time until the end: pay it by card, or by bank transfer to { $bank }.
mail-ended-nothing-owed = Nothing is owed for it.
