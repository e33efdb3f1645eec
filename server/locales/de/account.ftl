# Login, dashboard, settings and balance.

balance-yours = Ihr Guthaben
balance-on = Ihr Guthaben
balance-pays-first = Damit werden zuerst Ihre nächsten Rechnungen beglichen.
balance-movements = Bewegungen
login-submit = Anmelden
login-demo = Dies ist eine Demo: Melden Sie sich als eine dieser Personen an
settings-you = Ihre Angaben
settings-note = Wenn sich etwas ändert, schreiben Sie bitte an den Support.
password-title = Passwort ändern
password-submit = Passwort ändern
password-note = Sie bleiben hier angemeldet und werden überall sonst abgemeldet.
dashboard-account = Ihr Konto
dashboard-movements = Alle Bewegungen ansehen
dashboard-no-invoice = Es ist keine Rechnung geplant.
dashboard-all-paid = Alles ist bezahlt.
dashboard-open-invoices = { $count ->
    [one] { $count } offene Rechnung
   *[other] { $count } offene Rechnungen
}
dashboard-on-its-way = In Arbeit
dashboard-all-services = Alle Dienste
dashboard-was-due = War fällig am { $day }
dashboard-due = fällig am { $day }
dashboard-pay = Bezahlen
dashboard-pay-number = { $number } bezahlen
dashboard-view-change = Änderung ansehen: { $what }
login-title = Anmelden
login-email = E-Mail-Adresse
login-password = Passwort
login-do-not-fit = Diese E-Mail-Adresse und dieses Passwort gehören nicht zusammen. Bitte prüfen Sie beides und versuchen Sie es noch einmal.
login-logged-out = Sie sind abgemeldet
settings-name = Name
settings-zone = Zeitzone
settings-zone-note = In dieser Zeitzone werden die Tage Ihrer Rechnungen gezählt.
settings-currency = Währung
password-present = Bisheriges Passwort
password-new = Neues Passwort
password-again = Neues Passwort wiederholen
password-help = Mindestens 12 Zeichen. Gut sind ein paar einfache Wörter.
password-changed = Passwort geändert
password-changed-note = Sie bleiben hier angemeldet, aber nirgends sonst.
password-differs = Die beiden neuen Passwörter stimmen nicht überein. Geben Sie das neue zweimal gleich ein.
password-wrong = Das ist nicht Ihr bisheriges Passwort.
password-too-short = Dieses Passwort ist zu kurz. Wählen Sie mindestens 12 Zeichen.
password-too-long = Dieses Passwort ist zu lang. Wählen Sie höchstens 1.000 Zeichen.
balance-title = Guthaben
balance-used = Verwendet für { $number }
balance-not-needed = Nicht benötigt für { $number }
balance-given-back = Gutgeschrieben mit { $number }
balance-received = Eingegangen mit { $number }
balance-caption = Bewegungen Ihres Guthabens, neueste zuerst
balance-day = Tag
balance-what = Vorgang
balance-after = Guthaben
balance-empty = Noch keine Bewegungen
balance-empty-note = Wenn Sie in einen kleineren Tarif wechseln, erscheint hier, was Sie für den Rest des Zeitraums schon bezahlt haben. Damit werden zuerst Ihre nächsten Rechnungen beglichen.
balance-empty-action = Zu meinen Diensten

owed-title = { $amount } sind überfällig
owed-restricted-title = Der Zugriff ist eingeschränkt: { $amount } sind nicht bezahlt
owed-retry = Wir versuchen es am { $day } noch einmal mit Ihrer Karte.
owed-restricts = Ist der Betrag bis { $day } nicht bezahlt, wird der Zugriff eingeschränkt.
owed-restricted = Sobald alles bezahlt ist, haben Sie wieder vollen Zugriff. Die Zeit bis dahin wird weiter berechnet.
owed-pay = Alles bezahlen
