# What went wrong: what happened, what was not done, what to do.

error-400-title = Das konnten wir nicht lesen
error-400-happened = Die Adresse oder das Formular enthält etwas, das wir nicht verstehen.
error-400-not-done = Es wurde nichts geändert und nichts berechnet.
error-400-to-do = Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.

error-401-title = Bitte melden Sie sich an
error-401-happened = Sie sind nicht angemeldet, oder Ihre Sitzung ist abgelaufen.
error-401-not-done = Es wurde nichts geändert und nichts berechnet.
error-401-to-do = Melden Sie sich an und öffnen Sie die Seite noch einmal.

error-403-title = Das ist nicht erlaubt
error-403-happened = Sie dürfen das nicht tun, oder das Formular kam von einer Seite, die zu alt geworden ist.
error-403-not-done = Es wurde nichts geändert und nichts berechnet.
error-403-to-do = Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal. Wenn es dabei bleibt, fragen Sie die Person, die Ihr Konto verwaltet.

error-404-title = Hier ist nichts
error-404-happened = Diese Adresse gibt es nicht, oder sie gehört nicht zu Ihrem Konto.
error-404-not-done = Es wurde nichts geändert.
error-404-to-do = Prüfen Sie die Adresse, oder beginnen Sie bei der Übersicht.

error-405-title = Das geht hier nicht
error-405-happened = Diese Adresse gibt es, aber sie lässt sich so nicht verwenden.
error-405-not-done = Es wurde nichts geändert und nichts berechnet.
error-405-to-do = Gehen Sie zurück zur vorherigen Seite und benutzen Sie die Schaltflächen dort.

error-409-title = Inzwischen hat sich etwas geändert
error-409-happened = Während Sie auf der Seite waren, ist mit demselben Dienst etwas anderes geschehen.
error-409-not-done = Durch diesen Aufruf wurde nichts geändert und nichts berechnet.
error-409-to-do = Öffnen Sie den Dienst noch einmal und sehen Sie sich den jetzigen Stand an.

error-413-title = Das war zu viel auf einmal
error-413-happened = Es wurde mehr gesendet, als wir annehmen.
error-413-not-done = Es wurde nichts gespeichert.
error-413-to-do = Senden Sie weniger und versuchen Sie es noch einmal.

error-422-title = Das ist nicht möglich
error-422-happened = Wir haben verstanden, worum es geht, aber so ist es nicht möglich.
error-422-not-done = Es wurde nichts geändert und nichts berechnet.
error-422-to-do = Gehen Sie zurück, ändern Sie Ihre Eingaben und versuchen Sie es noch einmal.

error-429-title = Zu viele Versuche
error-429-happened = In kurzer Zeit gab es zu viele Aufrufe.
error-429-not-done = Der letzte Aufruf wurde nicht ausgeführt.
error-429-to-do = Warten Sie eine Minute und versuchen Sie es noch einmal.

error-503-title = Wir sind gerade ausgelastet
error-503-happened = Der Server kann Ihren Aufruf im Augenblick nicht annehmen.
error-503-not-done = Es wurde nichts geändert und nichts berechnet.
error-503-to-do = Warten Sie eine Minute und versuchen Sie es noch einmal.

error-other-title = Bei uns ist etwas schiefgegangen
error-other-happened = Der Server ist auf ein unerwartetes Problem gestoßen. Es steht in unserem Protokoll.
error-other-not-done = Ihr Auftrag wurde nicht ausgeführt. Falls Sie gerade bezahlt haben, sehen Sie sich die Rechnung an, bevor Sie noch einmal zahlen.
error-other-to-do = Versuchen Sie es in einer Minute noch einmal. Wenn es dabei bleibt, nennen Sie dem Support die Nummer unten.

error-go-on = Zur Startseite
error-request = Nummer dieses Aufrufs:

# Why something cannot be done, and what to do.

refused-not-permitted = Von { $from } auf { $to } können Sie nicht selbst wechseln. Schreiben Sie an { $email }, dann sehen wir es uns gemeinsam an.
refused-no-price = { $plan } gibt es { $per } nicht in { $currency }. Wählen Sie eine andere Zahlungsweise.
refused-retired = Dieser Tarif wird nicht mehr angeboten.
refused-same-plan = Das haben Sie heute schon. Wählen Sie einen anderen Tarif, eine andere Zahlungsweise oder Option.
refused-too-much = { $option }: höchstens { $max }. Wählen Sie weniger.
refused-too-little = { $min ->
    [one] { $option }: Nötig ist hier mindestens { $min }. Wählen Sie mehr.
   *[other] { $option }: Nötig sind hier mindestens { $min }. Wählen Sie mehr.
}
refused-not-on-plan = { $option } ist bei { $plan } nicht möglich. Wählen Sie es zuerst ab.
refused-two-of-group = Von { $one } und { $other } ist nur eines möglich.
refused-unknown-plan = Diesen Tarif gibt es nicht mehr. Wählen Sie einen der Tarife unten.
refused-unknown-option = Diese Option gibt es für Ihren Dienst nicht.
refused-change-open = Für diesen Dienst ist bereits eine Änderung in Arbeit. Bezahlen Sie sie zuerst oder ziehen Sie sie zurück.
refused-period-over = Der Zeitraum, den Sie bezahlt haben, endete am { $at }. Zuerst wird der nächste berechnet; versuchen Sie es in ein paar Minuten noch einmal.
refused-not-started = Dieser Dienst beginnt am { $day }. Ab dann lässt er sich ändern.
refused-only-now = Diese Änderung wird sofort wirksam; sie kann nicht bis zum nächsten Zeitraum warten. Wählen Sie bitte noch einmal.
refused-date = Der Tag dieser Änderung lässt sich nicht wählen. Wählen Sie bitte ohne Tag.
refused-date-outside = Möglich ist jeder Tag vom { $first } bis zum { $last }. Wählen Sie bitte einen davon.
refused-date-none-left = In diesem Zeitraum ist kein späterer Tag mehr frei. Wählen Sie bitte einen anderen Zeitpunkt.
refused-only-next-period = Diese Änderung wird erst mit dem nächsten Zeitraum wirksam. Wählen Sie bitte noch einmal.
refused-credits = Davon sind nur noch { $left } übrig.
refused-invoice-not-open = Diese Rechnung ist nicht mehr offen: Es ist nichts zu zahlen.
refused-payment-running = Eine Zahlung für diese Rechnung ist unterwegs. Bitte warten Sie das Ergebnis ab und zahlen Sie nicht noch einmal.
refused-change-not-open = Diese Änderung ist bereits wirksam, wurde zurückgezogen oder ist verfallen. Es gibt nichts mehr zurückzuziehen.
refused-change-being-paid = Eine Zahlung für diese Änderung ist unterwegs, daher lässt sie sich jetzt nicht zurückziehen. Warten Sie das Ergebnis ab.
refused-payout-not-offered = Guthaben wird hier nicht ausgezahlt. Damit werden Ihre nächsten Rechnungen beglichen.
refused-payout-open = Eine Auszahlung ist schon zu Ihnen unterwegs. Warten Sie, bis sie überwiesen ist.
refused-owed-first = Eine Rechnung ist offen. Bezahlen Sie zuerst diese; der Rest kann dann ausgezahlt werden.
refused-payout-too-much = Höchstens { $amount } können ausgezahlt werden.
refused-fee-takes-all = Die Gebühr von { $amount } würde alles aufzehren. Wählen Sie einen größeren Betrag.
refused-payout-to = Bitte geben Sie mit höchstens { $max } Zeichen an, wohin das Geld gehen soll.
refused-key-reused = Dieses Formular wurde schon einmal mit anderem Inhalt gesendet. Laden Sie die Seite neu und versuchen Sie es noch einmal.
refused-changed-by-us = Den Tarif dieses Dienstes ändern wir für Sie. Schreiben Sie an { $email }.
refused-otherwise = Das ist im Augenblick nicht möglich. Schreiben Sie an { $email }, dann sehen wir es uns gemeinsam an.
refused-access-restricted = Der Zugriff auf diesen Dienst ist eingeschränkt, bis alle offenen Rechnungen bezahlt sind. Bitte bezahlen Sie diese zuerst.
refused-ended = Dieser Dienst ist beendet. Daran kann nichts mehr geändert werden.
refused-cancelled = Dieser Dienst ist gekündigt und endet mit seinem Zeitraum. Um ihn zu ändern, nehmen Sie bitte zuerst die Kündigung zurück.
refused-not-cancelled = Dieser Dienst ist nicht gekündigt.
refused-cancellation-not-offered = So können Sie diesen Dienst nicht selbst kündigen. Bitte wenden Sie sich an uns.
