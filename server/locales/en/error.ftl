# What went wrong: what happened, what was not done, what to do.

error-400-title = We could not read that
error-400-happened = The address or the form had parts that we do not understand.
error-400-not-done = Nothing was changed and nothing was charged.
error-400-to-do = Go back, reload the page and try once more.

error-401-title = Please log in
error-401-happened = You are not logged in, or your session has ended.
error-401-not-done = Nothing was changed and nothing was charged.
error-401-to-do = Log in and open the page again.

error-403-title = That is not allowed
error-403-happened = You do not have the right to do this, or the form came from a page that had grown too old.
error-403-not-done = Nothing was changed and nothing was charged.
error-403-to-do = Go back, reload the page and try once more. If it stays, ask the person who manages your account.

error-404-title = There is nothing here
error-404-happened = This address does not exist, or it does not belong to your account.
error-404-not-done = Nothing was changed.
error-404-to-do = Check the address, or start again from the dashboard.

error-405-title = That does not work here
error-405-happened = This address exists, but it cannot be used in this way.
error-405-not-done = Nothing was changed and nothing was charged.
error-405-to-do = Go back to the page you came from and use the buttons there.

error-409-title = Something changed in between
error-409-happened = While you were on the page, something else happened to the same service.
error-409-not-done = Nothing was changed by this request and nothing was charged.
error-409-to-do = Open the service again and look at its present state.

error-413-title = That was too much at once
error-413-happened = What was sent is larger than we accept.
error-413-not-done = Nothing was stored.
error-413-to-do = Send less, and try once more.

error-422-title = That cannot be done
error-422-happened = We understood what was asked, but it is not possible as it stands.
error-422-not-done = Nothing was changed and nothing was charged.
error-422-to-do = Go back, change what you filled in and try once more.

error-429-title = Too many tries
error-429-happened = There were too many requests in a short time.
error-429-not-done = The last request was not carried out.
error-429-to-do = Wait a minute and try once more.

error-503-title = We are busy for a moment
error-503-happened = The server cannot take your request just now.
error-503-not-done = Nothing was changed and nothing was charged.
error-503-to-do = Wait a minute and try once more.

error-other-title = Something went wrong on our side
error-other-happened = The server met a problem that we did not foresee. It has been written to our log.
error-other-not-done = What you asked for was not carried out. If you were paying, look at the invoice before you pay again.
error-other-to-do = Try again in a minute. If it stays, tell support the number below.

error-go-on = Go to the start
error-request = Number of this request:

# Why something cannot be done, and what to do.

refused-not-permitted = You cannot move from { $from } to { $to } yourself. Write to { $email } and we look at it with you.
refused-no-price = { $plan } cannot be paid { $per } in { $currency }. Choose another cycle.
refused-retired = This plan is no longer sold.
refused-same-plan = This is what you have today. Choose another plan, cycle or option.
refused-too-much = There can be at most { $max } of { $option }. Choose less.
refused-too-little = { $min ->
    [one] { $option }: at least { $min } is needed here. Choose more.
   *[other] { $option }: at least { $min } are needed here. Choose more.
}
refused-not-on-plan = { $plan } cannot have { $option }. Take it off first.
refused-two-of-group = Only one of { $one } and { $other } can be had.
refused-unknown-plan = This plan does not exist any more. Choose one of the plans below.
refused-unknown-option = This option does not exist for your service.
refused-change-open = A change of this service is already on its way. Pay it or withdraw it first.
refused-period-over = The period you have paid for ended on { $at }. The next one is invoiced first; try again in a few minutes.
refused-not-started = This service begins on { $day }. It can be changed from then on.
refused-only-now = This change is made at once; it cannot wait for the next period. Choose it again.
refused-date = The day of this change cannot be chosen. Choose it again without a day.
refused-date-outside = The change can be made on any day from { $first } to { $last }. Choose one of them.
refused-date-none-left = No later day of this period is left. Choose another moment.
refused-only-next-period = This change is made with the next period, not before. Choose it again.
refused-credits = { $left ->
    [one] Only { $left } is left.
   *[other] Only { $left } are left.
}
refused-invoice-not-open = This invoice is not open any more: there is nothing to pay.
refused-payment-running = A payment of this invoice is on its way. Please wait for its outcome, and do not pay twice.
refused-change-not-open = This change is already made, withdrawn or lapsed. There is nothing left to withdraw.
refused-change-being-paid = A payment for this change is on its way, so it cannot be withdrawn now. Wait for its outcome.
refused-payout-not-offered = Balance is not paid out here. It pays your next invoices.
refused-payout-open = A payout is on its way to you already. Wait until it has been sent.
refused-owed-first = An invoice is open. Pay it first; then what is left can be paid out.
refused-payout-too-much = At most { $amount } can be paid out.
refused-fee-takes-all = The fee of { $amount } would take all of it. Choose a larger amount.
refused-payout-to = Please say where the money shall go, in at most { $max } characters.
refused-key-reused = This form was sent before with another content. Reload the page and try once more.
refused-changed-by-us = The plan of this service is changed by us. Write to { $email }.
refused-otherwise = This is not possible at the moment. Write to { $email } and we look at it with you.
refused-access-restricted = Access to this service is restricted until all open invoices are paid. Please pay them first.
refused-ended = This service has ended. Nothing of it can be changed.
refused-cancelled = This service is cancelled and ends with its period. To change it, take the cancellation back first.
refused-not-cancelled = This service is not cancelled.
refused-cancellation-not-offered = You cannot cancel this service like that by yourself. Please contact us.
