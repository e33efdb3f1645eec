# Mails. `direction` is upgrade, downgrade or change; `route` is one of the two below.

mail-greeting = Guten Tag { $name },
mail-questions = Haben Sie Fragen? Antworten Sie auf diese Mail oder schreiben Sie an { $email }.
mail-line = { $words }: { $value }
mail-route = von { $from } auf { $to }
mail-route-within = innerhalb von { $plan }

mail-see-change = Änderung ansehen
mail-follow-change = Stand der Änderung ansehen
mail-see-service = Dienst ansehen
mail-see-invoice = Rechnung ansehen
mail-see-and-pay = Rechnung ansehen und bezahlen
mail-pay-invoice = Rechnung bezahlen
mail-see-balance = Guthaben ansehen
mail-see-document = { $number } ansehen
mail-to-pay = Zu zahlen
mail-put-on-balance = Auf Ihrem Guthaben
mail-balance-pays = Mit Ihrem Guthaben werden Ihre nächsten Rechnungen von selbst beglichen.

mail-planned-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } ist geplant
    [downgrade] { $brand }: Das Downgrade für { $service } ist geplant
   *[change] { $brand }: Die Änderung für { $service } ist geplant
}
mail-planned = { $direction ->
    [upgrade] Sie haben für { $service } das Upgrade { $route } bestellt. Wirksam wird das mit dem nächsten Zeitraum, am { $by }. Bis dahin ändert sich nichts, und jetzt ist nichts zu zahlen.
    [downgrade] Sie haben für { $service } das Downgrade { $route } bestellt. Wirksam wird das mit dem nächsten Zeitraum, am { $by }. Bis dahin ändert sich nichts, und jetzt ist nichts zu zahlen.
   *[change] Sie haben für { $service } die Änderung { $route } bestellt. Wirksam wird das mit dem nächsten Zeitraum, am { $by }. Bis dahin ändert sich nichts, und jetzt ist nichts zu zahlen.
}
mail-planned-day = { $direction ->
    [upgrade] Sie haben das Upgrade von { $service } { $route } für den { $day } bestellt. Bis dahin ändert sich nichts, und es ist nichts zu zahlen.
    [downgrade] Sie haben das Downgrade von { $service } { $route } für den { $day } bestellt. Bis dahin ändert sich nichts.
   *[change] Sie haben die Änderung von { $service } { $route } für den { $day } bestellt. Bis dahin ändert sich nichts, und es ist nichts zu zahlen.
}
mail-planned-day-due = An diesem Tag sind { $amount } fällig. Was dann auf Ihrem Guthaben ist, zahlt zuerst.
mail-planned-day-back = An diesem Tag kommen { $amount } auf Ihr Guthaben zurück.
mail-planned-until-then = Bis dahin können Sie den Auftrag zurückziehen.

mail-ordered-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } wartet auf { $amount }
    [downgrade] { $brand }: Das Downgrade für { $service } wartet auf { $amount }
   *[change] { $brand }: Die Änderung für { $service } wartet auf { $amount }
}
mail-ordered = { $direction ->
    [upgrade] Sie haben für { $service } das Upgrade { $route } bestellt. Wirksam wird das, sobald die Rechnung { $number } bezahlt ist. Bis dahin ändert sich nichts.
    [downgrade] Sie haben für { $service } das Downgrade { $route } bestellt. Wirksam wird das, sobald die Rechnung { $number } bezahlt ist. Bis dahin ändert sich nichts.
   *[change] Sie haben für { $service } die Änderung { $route } bestellt. Wirksam wird das, sobald die Rechnung { $number } bezahlt ist. Bis dahin ändert sich nichts.
}
mail-ordered-in-the-end = { $direction ->
    [upgrade] Sie haben für { $service } das Upgrade { $route } bestellt; dafür ist die Rechnung { $number }. Wirksam wird das, sobald sie bezahlt ist.
    [downgrade] Sie haben für { $service } das Downgrade { $route } bestellt; dafür ist die Rechnung { $number }. Wirksam wird das, sobald sie bezahlt ist.
   *[change] Sie haben für { $service } die Änderung { $route } bestellt; dafür ist die Rechnung { $number }. Wirksam wird das, sobald sie bezahlt ist.
}
mail-ordered-until = Bitte zahlen Sie bis { $by }. Ist die Rechnung bis dahin nicht bezahlt, verfällt der Auftrag, die Rechnung wird storniert, und Sie schulden dafür nichts.
mail-ordered-until-failed = Bitte zahlen Sie bis { $by }. Schlägt eine Zahlung fehl oder kommt bis dahin keine, verfällt der Auftrag, die Rechnung wird storniert, und Sie schulden dafür nichts.
mail-ordered-until-in-the-end = Bitte zahlen Sie bis { $by }. Schlägt eine Zahlung fehl oder kommt bis dahin keine, wird der Auftrag trotzdem ausgeführt, und Sie schulden die Rechnung.
mail-ordered-how = Wenn Sie eine Karte gewählt haben, buchen wir den Betrag gerade ab, und Sie müssen nichts tun. Überweisungen richten Sie bitte an { $bank } mit dem Verwendungszweck { $number }.

mail-changed-subject = { $brand }: { $service } hat jetzt den Tarif { $to }
mail-changed-within-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } ist wirksam
    [downgrade] { $brand }: Das Downgrade für { $service } ist wirksam
   *[change] { $brand }: Die Änderung für { $service } ist wirksam
}
mail-changed = { $direction ->
    [upgrade] Das Upgrade ist wirksam: { $service } hatte den Tarif { $from } und hat jetzt den Tarif { $to }.
    [downgrade] Das Downgrade ist wirksam: { $service } hatte den Tarif { $from } und hat jetzt den Tarif { $to }.
   *[change] Die Änderung ist wirksam: { $service } hatte den Tarif { $from } und hat jetzt den Tarif { $to }.
}
mail-changed-within = { $direction ->
    [upgrade] Das Upgrade für { $service } ist wirksam: Der Tarif bleibt { $to }, mit den Optionen und der Zahlungsweise, die Sie gewählt haben.
    [downgrade] Das Downgrade für { $service } ist wirksam: Der Tarif bleibt { $to }, mit den Optionen und der Zahlungsweise, die Sie gewählt haben.
   *[change] Die Änderung für { $service } ist wirksam: Der Tarif bleibt { $to }, mit den Optionen und der Zahlungsweise, die Sie gewählt haben.
}
mail-changed-free = Dafür war nichts zu zahlen und nichts zu erstatten.
mail-changed-credited = { $amount } für die Tage, die Sie bezahlt haben und nicht mehr brauchen, stehen mit der Gutschrift { $number } auf Ihrem Guthaben. Damit werden Ihre nächsten Rechnungen von selbst beglichen.
mail-changed-owed = Das kostet { $amount }. Bitte bezahlen Sie die Rechnung { $number } bis { $by }; wenn Sie eine Karte gewählt haben, buchen wir den Betrag gerade ab.
mail-changed-missed = Das kostet { $amount }, und dafür ist keine Zahlung gekommen. Ausgeführt wurde es trotzdem, wie es bei der Bestellung hieß. Bitte bezahlen Sie die Rechnung { $number }: Sie ist offen.
mail-changed-paid = Das hat { $amount } gekostet; die Rechnung { $number } ist bezahlt.
mail-changed-cost = Das hat { $amount } gekostet.
mail-changed-next-invoice = Das kostet bis zu Ihrer nächsten Rechnung { $amount }; sie stehen auf der Rechnung vom { $day }. Jetzt ist nichts zu zahlen.
mail-changed-off-next-invoice = { $amount } für die Tage, die Sie nicht mehr brauchen, gehen von Ihrer nächsten Rechnung vom { $day } ab. Beträgt diese weniger, kommt der Rest auf Ihr Guthaben.
mail-changed-arrears = Was Sie jetzt haben, wird berechnet, wenn die Zeit vorbei ist, am { $day }: Vorher ist dafür nichts zu zahlen.
mail-changed-bought = { $count ->
    [one] Was von Ihrer Zahlung übrig war, reicht mit dem, was Sie jetzt haben, für { $days } Tag; zu zahlen war nichts. Ihre nächste Rechnung kommt am { $day }.
   *[other] Was von Ihrer Zahlung übrig war, reicht mit dem, was Sie jetzt haben, für { $days } Tage; zu zahlen war nichts. Ihre nächste Rechnung kommt am { $day }.
}
mail-changed-restart = { $seconds ->
    [one] Für die neue Größe startet der Server neu und ist etwa { $seconds } Sekunde nicht erreichbar. Wir schreiben Ihnen, sobald er wieder läuft.
   *[other] Für die neue Größe startet der Server neu und ist etwa { $seconds } Sekunden nicht erreichbar. Wir schreiben Ihnen, sobald er wieder läuft.
}

mail-resized-subject = { $brand }: { $service } hat die neue Größe und läuft wieder
mail-resized = { $service } hat die neue Größe, wurde neu gestartet und läuft wieder. Die Daten sind unverändert.
mail-set-up-subject = { $brand }: { $service } ist eingerichtet
mail-set-up = Alles, was zur Änderung von { $service } gehört, ist eingerichtet.

mail-lapsed-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } wurde nicht rechtzeitig bezahlt
    [downgrade] { $brand }: Das Downgrade für { $service } wurde nicht rechtzeitig bezahlt
   *[change] { $brand }: Die Änderung für { $service } wurde nicht rechtzeitig bezahlt
}
mail-lapsed-failed-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } wurde nicht bezahlt
    [downgrade] { $brand }: Das Downgrade für { $service } wurde nicht bezahlt
   *[change] { $brand }: Die Änderung für { $service } wurde nicht bezahlt
}
mail-lapsed = { $direction ->
    [upgrade] Das Upgrade für { $service } { $route } wurde nicht rechtzeitig bezahlt und daher nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
    [downgrade] Das Downgrade für { $service } { $route } wurde nicht rechtzeitig bezahlt und daher nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
   *[change] Die Änderung für { $service } { $route } wurde nicht rechtzeitig bezahlt und daher nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
}
mail-lapsed-failed = { $direction ->
    [upgrade] Die Zahlung für das Upgrade für { $service } { $route } ist fehlgeschlagen oder nicht rechtzeitig gekommen, daher wurde es nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
    [downgrade] Die Zahlung für das Downgrade für { $service } { $route } ist fehlgeschlagen oder nicht rechtzeitig gekommen, daher wurde es nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
   *[change] Die Zahlung für die Änderung für { $service } { $route } ist fehlgeschlagen oder nicht rechtzeitig gekommen, daher wurde sie nicht ausgeführt. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
}
mail-lapsed-again = Sie können jederzeit neu bestellen. Falls Ihre Zahlung schon unterwegs ist, kommt sie auf Ihr Guthaben.
mail-nothing-owed = Sie schulden dafür nichts: { $amount } wurden mit der Gutschrift { $number } zurückgenommen. Was von Ihrem Guthaben dafür vorgemerkt war, ist wieder frei.
mail-nothing-owed-plainly = Sie schulden dafür nichts.

mail-withdrawn-subject = { $direction ->
    [upgrade] { $brand }: Das Upgrade für { $service } wurde zurückgezogen
    [downgrade] { $brand }: Das Downgrade für { $service } wurde zurückgezogen
   *[change] { $brand }: Die Änderung für { $service } wurde zurückgezogen
}
mail-withdrawn = { $direction ->
    [upgrade] Das Upgrade für { $service } { $route } wurde vor der Ausführung zurückgezogen. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
    [downgrade] Das Downgrade für { $service } { $route } wurde vor der Ausführung zurückgezogen. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
   *[change] Die Änderung für { $service } { $route } wurde vor der Ausführung zurückgezogen. Es hat sich nichts geändert: Der Tarif bleibt { $from }.
}

mail-payment-failed-subject = { $brand }: Die Zahlung über { $amount } ist fehlgeschlagen
mail-payment-failed = Wir wollten { $amount } für die Rechnung { $number } abbuchen, und die Zahlung ist fehlgeschlagen. Es wurde kein Geld abgebucht, und es hat sich nichts geändert.
mail-payment-failed-retry = Wir versuchen es am { $day } noch einmal.
mail-payment-failed-restricts = Ist die Rechnung bis { $day } nicht bezahlt, wird der Zugriff eingeschränkt, bis alles Offene bezahlt ist.
mail-payment-failed-ends = Wird sie bis { $day } nicht bezahlt, endet der Dienst.
mail-payment-failed-how = Bitte zahlen Sie mit einer anderen Karte oder per Überweisung an { $bank } mit dem Verwendungszweck { $number }.

mail-to-balance-subject = { $brand }: { $amount } stehen auf Ihrem Guthaben
mail-to-balance = Ihre Zahlung ist eingegangen, und es war damit nichts mehr zu bezahlen. Sie steht mit dem Zahlungsbeleg { $number } auf Ihrem Guthaben.

mail-invoiced-subject = { $brand }: Rechnung { $number } für { $service }
mail-invoiced = Für { $service } hat ein neuer Zeitraum begonnen; dafür ist die Rechnung { $number }.
mail-trial-invoiced = Der Testzeitraum von { $service } hat begonnen; dafür ist die Rechnung { $number }.
mail-invoiced-how = Wenn Sie per Karte zahlen, buchen wir den Betrag gerade ab, und Sie müssen nichts tun. Überweisungen richten Sie bitte an { $bank } mit dem Verwendungszweck { $number }.

mail-received-subject = { $brand }: Die Rechnung { $number } ist bezahlt
mail-received = Vielen Dank: { $amount } sind eingegangen, und die Rechnung { $number } ist bezahlt.

mail-restricted-subject = { $brand }: Der Zugriff auf { $service } ist eingeschränkt
mail-restricted = Der Zugriff auf { $service } ist eingeschränkt, weil eine Verlängerung nicht bezahlt wurde. Es wird nichts gelöscht. Die Zeit bis zur Zahlung wird weiter berechnet.
mail-restricted-how = Sobald alles Offene bezahlt ist, haben Sie wieder vollen Zugriff: mit einer Karte oder per Überweisung an { $bank }.
mail-pay-all = Offenes bezahlen

mail-restored-subject = { $brand }: Voller Zugriff auf { $service }
mail-restored = Vielen Dank. Alles Offene ist bezahlt, und der Zugriff auf { $service } ist wieder wie zuvor.

mail-payout-requested-subject = { $brand }: { $amount } Ihres Guthabens werden ausgezahlt
mail-payout-requested = Sie haben eine Auszahlung Ihres Guthabens gewünscht. Wir haben den Betrag mit dem Beleg { $number } vom Guthaben abgezogen; darin steht die Gebühr. Den Rest überweisen wir und melden uns, sobald er unterwegs ist.
mail-payout-net = Auszahlung
mail-payout-sent-subject = { $brand }: { $amount } sind zu Ihnen unterwegs
mail-payout-sent = Wir haben die Auszahlung laut Beleg { $number } überwiesen. Bis Ihre Bank sie zeigt, können einige Tage vergehen. Falls Sie das nicht gewünscht haben, schreiben Sie uns bitte sofort.
mail-payout-returned-subject = { $brand }: Die Auszahlung kam nicht an, { $amount } stehen wieder auf Ihrem Guthaben
mail-payout-returned = Wir konnten Ihre Auszahlung nicht überweisen. Alles steht mit dem Zahlungsbeleg { $number } wieder auf Ihrem Guthaben; darin steht der Grund. Eine Gebühr wurde nicht berechnet.

mail-cancelled-subject = { $brand }: { $service } ist gekündigt
mail-cancelled = { $service } endet mit dem bezahlten Zeitraum, am { $by }. Danach wird nichts mehr berechnet.
mail-cancelled-until-then = Bis dahin bleibt alles, wie es ist, und Sie können die Kündigung zurücknehmen.

mail-uncancelled-subject = { $brand }: { $service } läuft weiter
mail-uncancelled = Die Kündigung von { $service } wurde zurückgenommen. Es endet nichts, und der Dienst wird verlängert wie zuvor.

mail-ended-subject = { $brand }: { $service } ist beendet
mail-ended = { $service } ist beendet. Es wird nichts mehr dafür berechnet.
mail-ended-unpaid = { $service } ist beendet, weil eine Verlängerung nicht bezahlt wurde. Es wird nichts mehr dafür berechnet.
mail-ended-to-balance = Vom Bezahlten wurden { $amount } Ihrem Guthaben gutgeschrieben.
mail-ended-released = { $amount } waren nicht bezahlt und sind nicht mehr zu zahlen.
mail-ended-owed = Für die Zeit bis zum Ende sind noch { $amount } offen: mit einer Karte oder per Überweisung an { $bank }.
mail-ended-nothing-owed = Dafür ist nichts mehr zu zahlen.
