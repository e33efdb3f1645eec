# Choosing, reviewing and following a change of plan.

withdraw-keep = Keep it
withdraw-do = Withdraw
withdraw-note = As long as nothing has happened, you can take it back without any cost.
change-agreed = What was agreed
change-amounts = The amounts
change-amounts-caption = The amounts of this change
column-line = Line
withdraw-open = Withdraw this change
withdraw-question = Withdraw this change?
back-to = Back to { $name }
choose-plan = Choose a plan
choose-your-plan = Your plan
choose-pay = Pay
choose-when = When
choose-means = What it means
choose-show = Show what it means
choose-continue = Continue
choose-show-again = Show again what it means
choose-nothing-yet = Nothing changes yet. You can look at everything once more on the next page.
choose-empty = Choose another plan, cycle or option. Here you then see what it costs, what your next invoice will be, and what you gain or give up.
direction-what = { $noun }: { $what }
meaning-caption = What it costs
from-your-balance = From your balance
meaning-nothing-due = Nothing is due today. Your balance pays your next invoices first.
steps-label = Steps
steps-choose = Choose
steps-review = Review
meaning-to-balance = { $amount } goes to your balance.
restart-title = The server restarts
restart-sentence = { $when }, for { $duration }. What is on its disk stays. Save your work and stop running programs before.
meaning-gain = You gain:
meaning-give-up = You give up:
steps-done = Done
nothing-happened = Nothing was changed and nothing was charged.
outdated-before = What you saw
outdated-now = What it is now
outdated-impossible = This change is not possible any more. Your plan stays as it is.
outdated-callout = Something changed since you saw the amount
review-then = What happens then
review-back = Back to the plans
review-holds = This offer holds until { $until }. Until then the amounts stay exactly as shown.
what-from-to = { $before } to { $after }
what-with-cycle = { $plans }, { $cycle }
what-with-options = { $plan } { $options }
options-other = with other options
options-with = with { $added }
options-without = without { $dropped }
options-with-without = with { $added } without { $dropped }
button-target = { $noun } to { $plan }
button-next-period = { $target } on { $day }
button-pay = { $target } and pay { $amount }
button-to-balance = { $target }, { $amount } to your balance
button-from-balance = { $target }, { $amount } from your balance
due-now = Due now
due-by = Due by { $day }
due-on-day = Due on { $day }
due-today = Due today
to-your-balance = To your balance
meaning-later = { $amount } comes with your next invoice of { $day }.
meaning-later-off = { $amount } comes off your next invoice of { $day }.
meaning-later-arrears = { $amount } for the time after the change is billed on { $day }, when it is over.
line-waited = { $text }, not invoiced yet
line-once = { $text }, once
line-trial = { $text }, trial, once
made-next-period = The change is made with the next period, on { $day }. Nothing is to pay now.
made-on-account = The change is made at once. The invoice of { $amount } is due by { $day }.
made-on-day = The change is made on { $day }. Nothing is charged or given back before, and you can take it back until then.
made-on-day-invoice = On { $day } you get the invoice of { $amount }. What is on your balance then pays first.
made-on-day-when-paid = The change is made as soon as the invoice is paid. If it is not paid by { $at }, the change lapses.
made-on-day-owed = The change is made on that day, and the invoice is due by { $at }.
made-on-day-until-then = Before that day nothing is to pay, and you can take the change back.
made-when-paid = The change is made as soon as the invoice is paid.
made-when-paid-or-lapses = The change is made as soon as the invoice is paid. If its payment fails, nothing changes and nothing is owed.
made-in-the-end = The change is made as soon as the invoice is paid. If its payment fails, or does not come by { $at }, it is made all the same, and the invoice is owed.
made-on-confirming = The change is made as soon as you confirm.
kept-paid = What was paid for { $what } stays paid until { $day }: nothing comes back, and until then you can have it again for nothing.
restart-next-period = When the next period begins, on { $day }
restart-on-day = On { $day }
restart-on-day-paid = From { $day } on, as soon as the invoice is paid
restart-when-paid = As soon as the invoice is paid
restart-with-change = When the change is made
restart-on-confirming = As soon as you confirm
when-now = Now
when-now-note = The rest of this period is counted: what is not used comes back.
when-date = On a day of your choice
when-date-note = It is counted from that day, at today’s prices, and paid then.
when-date-day = Day
when-date-help = From { $first } to { $last }.
when-next-period = With the next period, on { $day }
when-next-period-note = Nothing is to pay now.
replaces-unpaid = { $what } is waiting for its payment. What you choose here takes its place, and its invoice is cancelled.
replaces-planned = { $what } is planned for { $day }. What you choose here takes its place.
replaces-cancellation = This service is cancelled and would end on { $day }. What you choose here takes the cancellation back.
shown-unpaid = Of this not yet paid
shown-tax = Tax
shown-tax-contained = Contains { $amount } tax.
shown-due = Due
shown-next-invoice = Your next invoice would have been { $amount }.
next-invoice-is = Your next invoice is { $amount } on { $day }.
next-invoice-with-changes = Your next invoice is { $amount } on { $day }: { $period } for the new period and { $changes } of changes before it.
next-invoice-less-changes = Your next invoice is { $amount } on { $day }: { $period } for the new period, less { $changes } of changes before it.
next-invoice-nothing = Your next invoice of { $day } asks for nothing: changes before it take { $changes } off the { $period } of the new period. The rest, { $amount }, goes to your balance.
next-invoice-moves = A new period begins with the change, so the day of your invoices moves.
next-invoice-usage = What is used until the change is made is billed at the present price, with your next invoice.
next-invoice-trial = The trial goes on until { $until } and costs nothing; your first invoice is { $amount } on { $day }.
next-invoice-trial-paid = The trial goes on until { $until }; your first invoice after it is { $amount } on { $day }.
next-invoice-ends-trial = The trial ends with this change: the first period begins with it.
next-invoice-once = It also has { $amount } for the setup, charged once.
next-invoice-bought = What is left of what you paid lasts for { $count ->
    [one] { $days } day
   *[other] { $days } days
} of the new plan, so the day of your invoices moves.
next-invoice-less = { $amount } comes off your open invoice.
next-invoice-adds = It also asks for { $amount } of changes before it.
next-invoice-takes-off = Changes before it take { $amount } off it.
next-invoice-arrears = Your next invoice of { $day } asks for { $amount } so far: the time up to that day is billed when it is over.
next-invoice-arrears-nothing = Your next invoice of { $day } asks for nothing so far: { $amount } of it is for you. The time up to that day is billed when it is over.
next-invoice-adds-time = It also asks for { $amount } for the time up to then.
next-invoice-trial-arrears = The trial goes on until { $until } and costs nothing; the period after it is billed when it is over.
next-invoice-trial-paid-arrears = The trial goes on until { $until }; the period after it is billed when it is over.
why-leaves = { $credit } given back less { $charge } charged leaves { $net } for your balance.
why-charged = { $charge } charged less { $credit } given back is { $net }.
why-bought = The { $credit } given back buys the days of the new plan, so nothing is due.
why-less = { $credit } given back less { $charge } charged is { $net } for you.
why-waited = { $amount } waited for the next invoice and is settled with this change: { $net }.
why-waited-off = { $amount } for you waited for the next invoice and is settled with this change: { $net }.
why-tax-back = { $rate } of { $tax } comes back with it: { $total } in all.
why-tax-added = { $rate } of { $tax } is added: { $total } in all.
why-from-balance = Your balance pays { $balance } of it first, so { $due } is due.
share-of-line = { $text }, { $share }
share-all-days = { $count ->
    [one] { $whole } day
   *[other] { $whole } days
}
share-all-days-unused = { $count ->
    [one] { $whole } day unused
   *[other] { $whole } days unused
}
share-bought-days = { $count ->
    [one] { $part } day
   *[other] { $part } days
}
share-days = { $count ->
    [one] { $part } of { $whole } day
   *[other] { $part } of { $whole } days
}
share-days-unused = { $count ->
    [one] { $part } of { $whole } day unused
   *[other] { $part } of { $whole } days unused
}
share-months = { $count ->
    [one] { $part } of { $whole } month
   *[other] { $part } of { $whole } months
}
share-months-unused = { $count ->
    [one] { $part } of { $whole } month unused
   *[other] { $part } of { $whole } months unused
}
share-whole-period = the whole period
share-rest = the rest of the period
share-unused = the unused part
share-trial = in trial
share-once = once
share-trial-price = the trial, once
no-price = no price
price-once = plus { $amount } once
price-trial = plus { $amount } for the trial
cycle-saves = { $amount } less in a year.
cycle-new-period = A new period begins on the day of the change.
option-misplaced = { $plan } cannot have this. Take it off to go on.
option-priced = { $choice }, { $price }
option-no = No
option-yes = Yes
option-none = None
option-at-most = There can be at most { $number } { $unit }.
option-at-least = There must be at least { $number } { $unit }.
option-as-in-plan = As in the plan
option-only-one = Only one of these can be had.
tiers-graduated = Price { $per }, each at the price of its own place: { $tiers }.
tiers-volume = Price { $per }, all at the price of how many there are: { $tiers }.
tiers-less = { $tiers } { $percent } % is taken off.
tier-from = from { $first } on
tier-range = { $first }–{ $last }
tier-free = { $units }: free
tier-each = { $units }: { $each } each
tier-flat = { $units }: { $flat } in all
tier-each-and-flat = { $units }: { $each } each and { $flat } once
review-title = Review your change
review-choose-method = Choose how you want to pay. Nothing was changed and nothing was charged.
outdated-title = The amount has changed
outdated-new-day = A new day has begun since you saw the amount, so other days count.
outdated-catalogue = The price list has changed since you saw the amount.
outdated-account = Your service or your balance has changed since you saw the amount.
outdated-expired = This offer held until { $at }.
outdated-choose-again = Choose again
outdated-go-on-pay = Go on with { $amount }
outdated-go-on-balance = Go on with { $amount } to your balance
outdated-go-on = Go on with the new amount
outdated-same = What you pay or get back today is the same as before.
outdated-later = What the next invoice asks for has changed.
outdated-to-balance = { $amount } goes to your balance
outdated-due = { $amount } is due today
outdated-compared = Now { $now }; when you saw it, it said that { $before }.
change-from = From
change-to = To
change-ordered = Ordered
change-ordered-by = Ordered by
total-on-invoice = On the invoice
total-on-next-invoice = On the next invoice
total-in-arrears = On { $day }, when its time is over
total-on-day = To be paid on { $day }
total-now = To be paid now
total-paid = Paid
total-not-charged = Not charged
withdraw-means = Your plan stays { $plan }. Nothing was charged.
withdraw-means-invoice = Your plan stays { $plan }, and the invoice { $number } is cancelled. Nothing was charged.
stage-unpaid = Waiting for payment
stage-paying = Being paid
stage-declined = Payment failed
stage-resizing = Resizing
stage-setting-up = Setting up
stage-stuck = Needs a hand
stage-done = Done
stage-on-day = On the chosen day
stage-scheduled = With the next period
stage-withdrawn = Withdrawn
stage-lapsed = Lapsed
is-unpaid = { $label } stays { $before } until the invoice is paid. If it is not paid by { $until }, nothing changes.
is-unpaid-lapses = { $label } stays { $before } until the invoice is paid. If a payment fails, or none comes by { $until }, nothing changes.
is-unpaid-made = { $label } stays { $before } until the invoice is paid. If a payment fails, or none comes by { $until }, the change is made all the same, and the invoice is owed.
is-asked-for = We are asking the bank what became of your payment of { $amount }. You need not do anything; please do not pay twice.
is-being-paid = Your payment of { $amount } is on its way. The change is made as soon as it is there.
is-declined = Your payment did not go through. Nothing was charged, and { $label } is still { $before }. Until { $until } you can pay in another way.
is-resizing = Your plan is { $after } now. The server is being resized and restarts once.
is-setting-up = Your plan is { $after } now. What belongs to it is being set up.
is-stuck = Your plan is { $after } now, but not all of it could be set up yet. We know of it and look after it.
is-stuck-machine = Your plan is { $after } now, but the server could not be resized yet. We know of it and look after it. What is on its disk stays.
is-done = { $label } is { $after } now.
is-done-machine = { $label } is { $after } now, and what was on its disk is still there.
is-owed = The invoice of { $amount } for it is open, and due by { $day }.
is-owed-missed = Its payment failed or did not come in time, so the invoice of { $amount } is owed.
is-planned-for-day = { $label } stays on { $before } until { $day }. On that day the change to { $after } begins. Nothing is to pay before.
is-scheduled = { $label } stays { $before } until this period ends, and is { $after } from { $day } on. Nothing is to pay now.
is-withdrawn = This change was withdrawn. { $label } was not changed by it, and nothing was charged.
is-lapsed = The invoice was not paid in time, so nothing changed. { $label } was not changed by it.
is-lapsed-failed = The payment did not go through, or did not come in time, so nothing changed. { $label } was not changed by it.
step-ordered = Ordered
step-withdrawn = Withdrawn
step-lapsed = Lapsed
step-on-day = On the day you chose
step-next-period = With the next period
step-done = Done
step-paid = Paid
step-credited = Credited
step-invoiced = Invoiced
step-next-invoice = On the next invoice
step-paying-note = your payment is on its way
step-declined-note = the payment did not go through
step-unpaid-note = waiting for your payment
step-about-to-begin = about to begin
step-stuck-note = we look after it
step-resizing = Resizing
step-setting-up = Setting up
step-restarted = Restarted
step-resized = Resized
step-set-up = Set up
notice-ordered = { $noun } ordered
notice-when-paid = It takes effect when the invoice is paid.
notice-when-this-paid = It takes effect when this invoice is paid.
notice-in-the-end = It takes effect when the invoice is paid, or when its payment is missed: then the invoice is owed.
notice-planned = { $noun } planned
notice-complete = { $noun } to { $plan } complete
notice-complete-within = { $noun } complete: { $what }
notice-bought = { $count ->
    [one] What was left of what you paid lasts for { $days } day. Your next invoice comes on { $day }.
   *[other] What was left of what you paid lasts for { $days } days. Your next invoice comes on { $day }.
}
notice-on-balance = { $amount } is on your balance.
notice-invoice-due = The invoice of { $amount } is due by { $day }.
notice-this-invoice-due = This invoice is due by { $day }.
notice-thanks-payment = Thank you for your payment.
notice-paid-from-balance = { $amount } was paid from your balance.
notice-payment-on-its-way = Payment on its way
notice-withdrawn = { $noun } withdrawn
notice-withdrawn-note = Nothing was charged.
notice-already-note = Pay it or withdraw it first.
notice-not-withdrawn = Not withdrawn
notice-not-charged = Nothing was charged
notice-not-changed = Nothing was changed
notice-see-change = See the change
notice-invoice-closes = The invoice is closed as soon as it has arrived.
notice-payment-received = Payment received
notice-thanks = Thank you.
notice-follows = { $direction ->
    [upgrade] The upgrade follows at once.
    [downgrade] The downgrade follows at once.
   *[change] The change follows at once.
}
notice-already = { $direction ->
    [upgrade] This upgrade is already on its way
    [downgrade] This downgrade is already on its way
   *[change] This change is already on its way
}
