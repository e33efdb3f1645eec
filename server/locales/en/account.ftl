# Login, dashboard, settings and balance.

balance-yours = Your balance
balance-on = On your balance
balance-pays-first = It pays your next invoices first.
balance-movements = Movements
login-submit = Log in
login-demo = This is a demo: be one of these customers
settings-you = You
settings-note = To change these, write to support.
password-title = Change your password
password-submit = Change password
password-note = You stay logged in here and are logged out everywhere else.
dashboard-account = Your account
dashboard-movements = See every movement
dashboard-no-invoice = No invoice is planned.
dashboard-all-paid = Everything is paid.
dashboard-open-invoices = { $count ->
    [one] { $count } open invoice
   *[other] { $count } open invoices
}
dashboard-on-its-way = On its way
dashboard-all-services = All services
dashboard-was-due = Was due on { $day }
dashboard-due = due on { $day }
dashboard-pay = Pay
dashboard-pay-number = Pay { $number }
dashboard-view-change = View the change { $what }
login-title = Log in
login-email = Email
login-password = Password
login-do-not-fit = This mail address and password do not belong together. Check both and try once more.
login-logged-out = You are logged out
settings-name = Name
settings-zone = Time zone
settings-zone-note = The days of your invoices are counted in this zone.
settings-currency = Currency
password-present = Present password
password-new = New password
password-again = New password again
password-help = At least 12 characters. A few plain words are good.
password-changed = Password changed
password-changed-note = You stay logged in here, and nowhere else.
password-differs = The two new passwords differ. Type the new one twice.
password-wrong = This is not your present password.
password-too-short = This password is too short. Choose at least 12 characters.
password-too-long = This password is too long. Choose at most 1,000 characters.
balance-title = Balance
balance-used = Used for { $number }
balance-not-needed = Not needed for { $number }
balance-given-back = Given back with { $number }
balance-received = Received with { $number }
balance-caption = Movements of your balance, newest first
balance-day = Day
balance-what = What happened
balance-after = Balance
balance-empty = Nothing has moved yet
balance-empty-note = When you change to a smaller plan, what you have paid for the rest of the period comes here. It pays your next invoices first.
balance-empty-action = Go to my services

owed-title = { $amount } is overdue
owed-restricted-title = Access is restricted: { $amount } is unpaid
owed-retry = We will try your card again on { $day }.
owed-restricts = If it is not paid by { $day }, access is restricted.
owed-restricted = Access returns as soon as all of it is paid. Until then the time goes on being billed.
owed-pay = Pay all of it
