# Choosing, reviewing and following a change of plan.

withdraw-keep = Beibehalten
withdraw-do = Zurückziehen
withdraw-note = Solange nichts geschehen ist, können Sie die Änderung kostenlos zurückziehen.
change-agreed = Was vereinbart ist
change-amounts = Die Beträge
change-amounts-caption = Die Beträge dieser Änderung
column-line = Position
withdraw-open = Änderung zurückziehen
withdraw-question = Diese Änderung zurückziehen?
back-to = Zurück zu { $name }
choose-plan = Tarif wählen
choose-your-plan = Ihr Tarif
choose-pay = Zahlungsweise
choose-when = Zeitpunkt
choose-means = Was das bedeutet
choose-show = Zeigen, was das bedeutet
choose-continue = Weiter
choose-show-again = Noch einmal zeigen, was das bedeutet
choose-nothing-yet = Noch ändert sich nichts. Auf der nächsten Seite können Sie alles noch einmal prüfen.
choose-empty = Wählen Sie einen anderen Tarif, eine andere Zahlungsweise oder Option. Dann sehen Sie hier, was das kostet, wie hoch Ihre nächste Rechnung wird und was Sie gewinnen oder aufgeben.
direction-what = { $noun }: { $what }
meaning-caption = Was es kostet
from-your-balance = Aus Ihrem Guthaben
meaning-nothing-due = Heute ist nichts zu zahlen. Mit Ihrem Guthaben werden zuerst Ihre nächsten Rechnungen beglichen.
steps-label = Schritte
steps-choose = Wählen
steps-review = Prüfen
meaning-to-balance = { $amount } kommen auf Ihr Guthaben.
restart-title = Der Server startet neu
restart-sentence = { $when }; er ist { $duration } nicht erreichbar. Was auf seinem Datenträger liegt, bleibt erhalten. Speichern Sie vorher Ihre Arbeit und beenden Sie laufende Programme.
meaning-gain = Sie gewinnen:
meaning-give-up = Sie geben auf:
steps-done = Fertig
nothing-happened = Es wurde nichts geändert und nichts berechnet.
outdated-before = Was Sie gesehen haben
outdated-now = Wie es jetzt ist
outdated-impossible = Diese Änderung ist nicht mehr möglich. Ihr Tarif bleibt, wie er ist.
outdated-callout = Seit Sie den Betrag gesehen haben, hat sich etwas geändert
review-then = Was dann geschieht
review-back = Zurück zu den Tarifen
review-holds = Dieses Angebot gilt bis { $until }. Bis dahin bleiben die Beträge genau so, wie sie hier stehen.
what-from-to = { $before } → { $after }
what-with-cycle = { $plans }, { $cycle }
what-with-options = { $plan } { $options }
options-other = mit anderen Optionen
options-with = mit { $added }
options-without = ohne { $dropped }
options-with-without = mit { $added } und ohne { $dropped }
button-target = { $noun } auf { $plan }
button-next-period = { $target } zum { $day }
button-pay = { $target } und { $amount } zahlen
button-to-balance = { $target }, { $amount } auf Ihr Guthaben
button-from-balance = { $target }, { $amount } aus Ihrem Guthaben
due-now = Jetzt zu zahlen
due-by = Zu zahlen bis { $day }
due-on-day = Fällig am { $day }
due-today = Heute zu zahlen
to-your-balance = Auf Ihr Guthaben
meaning-later = { $amount } kommen auf Ihre nächste Rechnung vom { $day }.
meaning-later-off = { $amount } gehen von Ihrer nächsten Rechnung vom { $day } ab.
meaning-later-arrears = { $amount } für die Zeit nach der Änderung werden am { $day } berechnet, wenn sie vorbei ist.
line-waited = { $text }, noch nicht berechnet
line-once = { $text }, einmalig
line-trial = { $text }, Testzeitraum, einmalig
made-next-period = Die Änderung wird mit dem nächsten Zeitraum wirksam, am { $day }. Jetzt ist nichts zu zahlen.
made-on-account = Die Änderung wird sofort wirksam. Die Rechnung über { $amount } ist bis { $day } zu zahlen.
made-on-day = Die Änderung wird am { $day } wirksam. Vorher wird nichts berechnet oder erstattet, und bis dahin können Sie sie zurückziehen.
made-on-day-invoice = Am { $day } kommt die Rechnung über { $amount }. Was dann auf Ihrem Guthaben ist, zahlt zuerst.
made-on-day-when-paid = Die Änderung wird wirksam, sobald die Rechnung bezahlt ist. Ist sie bis { $at } nicht bezahlt, verfällt die Änderung.
made-on-day-owed = Die Änderung wird an diesem Tag wirksam, und die Rechnung ist bis { $at } zu zahlen.
made-on-day-until-then = Vor diesem Tag ist nichts zu zahlen, und Sie können die Änderung zurückziehen.
made-when-paid = Die Änderung wird wirksam, sobald die Rechnung bezahlt ist.
made-when-paid-or-lapses = Die Änderung wird wirksam, sobald die Rechnung bezahlt ist. Schlägt die Zahlung fehl, ändert sich nichts, und Sie schulden nichts.
made-in-the-end = Die Änderung wird wirksam, sobald die Rechnung bezahlt ist. Schlägt die Zahlung fehl oder kommt sie bis { $at } nicht, wird die Änderung trotzdem wirksam, und Sie schulden die Rechnung.
made-on-confirming = Die Änderung wird wirksam, sobald Sie bestätigen.
kept-paid = Was für { $what } bezahlt ist, bleibt bis { $day } bezahlt: Es kommt nichts zurück, und bis dahin können Sie es ohne Aufpreis wieder haben.
restart-next-period = Wenn der nächste Zeitraum beginnt, am { $day }
restart-on-day = Am { $day }
restart-on-day-paid = Ab dem { $day }, sobald die Rechnung bezahlt ist
restart-when-paid = Sobald die Rechnung bezahlt ist
restart-with-change = Sobald die Änderung wirksam wird
restart-on-confirming = Sobald Sie bestätigen
when-now = Jetzt
when-now-note = Der Rest dieses Zeitraums wird gezählt: Was nicht genutzt ist, bekommen Sie zurück.
when-date = An einem Tag Ihrer Wahl
when-date-note = Gezählt wird ab diesem Tag, zu den Preisen von heute; bezahlt wird dann.
when-date-day = Tag
when-date-help = Vom { $first } bis zum { $last }.
when-next-period = Mit dem nächsten Zeitraum, am { $day }
when-next-period-note = Jetzt ist nichts zu zahlen.
replaces-unpaid = „{ $what }“ wartet noch auf die Zahlung. Was Sie hier wählen, tritt an diese Stelle, und die Rechnung dafür wird storniert.
replaces-planned = „{ $what }“ ist für den { $day } geplant. Was Sie hier wählen, tritt an diese Stelle.
replaces-cancellation = Dieser Dienst ist gekündigt und würde am { $day } enden. Mit dem, was Sie hier wählen, wird die Kündigung zurückgenommen.
shown-unpaid = Davon noch nicht bezahlt
shown-tax = Steuer
shown-tax-contained = Darin enthalten: { $amount } Steuer.
shown-due = Zu zahlen
shown-next-invoice = Ihre nächste Rechnung wäre { $amount } gewesen.
next-invoice-is = Ihre nächste Rechnung beträgt { $amount } und kommt am { $day }.
next-invoice-with-changes = Ihre nächste Rechnung beträgt { $amount } und kommt am { $day }: { $period } für den neuen Zeitraum und { $changes } für Änderungen davor.
next-invoice-less-changes = Ihre nächste Rechnung beträgt { $amount } und kommt am { $day }: { $period } für den neuen Zeitraum abzüglich { $changes } für Änderungen davor.
next-invoice-nothing = Mit Ihrer nächsten Rechnung vom { $day } ist nichts zu zahlen: Von { $period } für den neuen Zeitraum gehen { $changes } für Änderungen davor ab. Der Rest, { $amount }, kommt auf Ihr Guthaben.
next-invoice-moves = Mit der Änderung beginnt ein neuer Zeitraum, daher verschiebt sich der Tag Ihrer Rechnungen.
next-invoice-usage = Was bis zur Änderung verbraucht wird, wird zum jetzigen Preis mit Ihrer nächsten Rechnung berechnet.
next-invoice-trial = Der Testzeitraum läuft bis { $until } und kostet nichts; Ihre erste Rechnung beträgt { $amount } und kommt am { $day }.
next-invoice-trial-paid = Der Testzeitraum läuft bis { $until }; Ihre erste Rechnung danach beträgt { $amount } und kommt am { $day }.
next-invoice-ends-trial = Mit dieser Änderung endet der Testzeitraum, und der erste bezahlte Zeitraum beginnt.
next-invoice-once = Dazu kommen { $amount } für die Einrichtung, einmalig.
next-invoice-bought = Was vom Bezahlten übrig ist, reicht für { $count ->
    [one] { $days } Tag
   *[other] { $days } Tage
} des neuen Tarifs, daher verschiebt sich der Tag Ihrer Rechnungen.
next-invoice-less = { $amount } werden von Ihrer offenen Rechnung abgezogen.
next-invoice-adds = Dazu kommen { $amount } für Änderungen davor.
next-invoice-takes-off = Davon gehen { $amount } für Änderungen davor ab.
next-invoice-arrears = Ihre nächste Rechnung vom { $day } beträgt bisher { $amount }: Die Zeit bis zu diesem Tag wird berechnet, wenn sie vorbei ist.
next-invoice-arrears-nothing = Mit Ihrer nächsten Rechnung vom { $day } ist bisher nichts zu zahlen: { $amount } davon sind für Sie. Die Zeit bis zu diesem Tag wird berechnet, wenn sie vorbei ist.
next-invoice-adds-time = Dazu kommen { $amount } für die Zeit bis dahin.
next-invoice-trial-arrears = Der Testzeitraum läuft bis { $until } und kostet nichts; der Zeitraum danach wird berechnet, wenn er vorbei ist.
next-invoice-trial-paid-arrears = Der Testzeitraum läuft bis { $until }; der Zeitraum danach wird berechnet, wenn er vorbei ist.
why-leaves = { $credit } gutgeschrieben abzüglich { $charge } berechnet ergibt { $net } für Ihr Guthaben.
why-charged = { $charge } berechnet abzüglich { $credit } gutgeschrieben ergibt { $net }.
why-bought = Mit den gutgeschriebenen { $credit } sind die Tage des neuen Tarifs bezahlt; zu zahlen ist nichts.
why-less = { $credit } gutgeschrieben abzüglich { $charge } berechnet ergibt { $net } für Sie.
why-waited = { $amount } warteten auf die nächste Rechnung und werden mit dieser Änderung abgerechnet: { $net }.
why-waited-off = { $amount } für Sie warteten auf die nächste Rechnung und werden mit dieser Änderung abgerechnet: { $net }.
why-tax-back = { $rate } in Höhe von { $tax } werden mit erstattet: zusammen { $total }.
why-tax-added = { $rate } in Höhe von { $tax } kommen hinzu: zusammen { $total }.
why-from-balance = Davon werden zuerst { $balance } aus Ihrem Guthaben gezahlt, also sind { $due } zu zahlen.
share-of-line = { $text }, { $share }
share-all-days = { $count ->
    [one] { $whole } Tag
   *[other] { $whole } Tage
}
share-all-days-unused = { $count ->
    [one] { $whole } Tag ungenutzt
   *[other] { $whole } Tage ungenutzt
}
share-bought-days = { $count ->
    [one] { $part } Tag
   *[other] { $part } Tage
}
share-days = { $count ->
    [one] { $part } von { $whole } Tag
   *[other] { $part } von { $whole } Tagen
}
share-days-unused = { $count ->
    [one] { $part } von { $whole } Tag ungenutzt
   *[other] { $part } von { $whole } Tagen ungenutzt
}
share-months = { $count ->
    [one] { $part } von { $whole } Monat
   *[other] { $part } von { $whole } Monaten
}
share-months-unused = { $count ->
    [one] { $part } von { $whole } Monat ungenutzt
   *[other] { $part } von { $whole } Monaten ungenutzt
}
share-whole-period = der ganze Zeitraum
share-rest = der Rest des Zeitraums
share-unused = der ungenutzte Teil
share-trial = im Testzeitraum
share-once = einmalig
share-trial-price = Testzeitraum, einmalig
no-price = kein Preis
price-once = zuzüglich { $amount } einmalig
price-trial = zuzüglich { $amount } für den Testzeitraum
cycle-saves = { $amount } weniger im Jahr.
cycle-new-period = Am Tag der Änderung beginnt ein neuer Zeitraum.
option-misplaced = Das ist bei { $plan } nicht möglich. Wählen Sie es ab, um fortzufahren.
option-priced = { $choice }, { $price }
option-no = Nein
option-yes = Ja
option-none = Keine
option-at-most = Möglich sind höchstens { $number } { $unit }.
option-at-least = Nötig sind mindestens { $number } { $unit }.
option-as-in-plan = Wie im Tarif enthalten
option-only-one = Davon ist nur eines möglich.
tiers-graduated = Preis { $per }, jedes zum Preis seiner Stufe: { $tiers }.
tiers-volume = Preis { $per }, alle zum Preis der Stufe, in der die Anzahl liegt: { $tiers }.
tiers-less = { $tiers } Davon gehen { $percent } % ab.
tier-from = ab { $first }
tier-range = { $first } bis { $last }
tier-free = { $units }: kostenlos
tier-each = { $units }: je { $each }
tier-flat = { $units }: { $flat } zusammen
tier-each-and-flat = { $units }: je { $each } und einmal { $flat }
review-title = Änderung prüfen
review-choose-method = Wählen Sie bitte, wie Sie zahlen möchten. Es wurde nichts geändert und nichts berechnet.
outdated-title = Der Betrag hat sich geändert
outdated-new-day = Seit Sie den Betrag gesehen haben, hat ein neuer Tag begonnen; daher zählen andere Tage.
outdated-catalogue = Seit Sie den Betrag gesehen haben, hat sich die Preisliste geändert.
outdated-account = Seit Sie den Betrag gesehen haben, hat sich Ihr Dienst oder Ihr Guthaben geändert.
outdated-expired = Dieses Angebot galt bis { $at }.
outdated-choose-again = Neu wählen
outdated-go-on-pay = Weiter mit { $amount }
outdated-go-on-balance = Weiter mit { $amount } auf Ihr Guthaben
outdated-go-on = Weiter mit dem neuen Betrag
outdated-same = Was Sie heute zahlen oder zurückbekommen, ist gleich geblieben.
outdated-later = Was auf die nächste Rechnung kommt, hat sich geändert.
outdated-to-balance = { $amount } auf Ihr Guthaben
outdated-due = heute { $amount } zu zahlen
outdated-compared = Jetzt: { $now }. Zuvor gesehen: { $before }.
change-from = Von
change-to = Auf
change-ordered = Bestellt am
change-ordered-by = Bestellt von
total-on-invoice = Auf der Rechnung
total-on-next-invoice = Auf der nächsten Rechnung
total-in-arrears = Am { $day }, wenn die Zeit vorbei ist
total-on-day = Am { $day } zu zahlen
total-now = Jetzt zu zahlen
total-paid = Bezahlt
total-not-charged = Nicht berechnet
withdraw-means = Ihr Tarif bleibt { $plan }. Es wurde nichts berechnet.
withdraw-means-invoice = Ihr Tarif bleibt { $plan }, und die Rechnung { $number } wird storniert. Es wurde nichts berechnet.
stage-unpaid = Wartet auf Zahlung
stage-paying = Wird bezahlt
stage-declined = Zahlung fehlgeschlagen
stage-resizing = Wird angepasst
stage-setting-up = Wird eingerichtet
stage-stuck = Wird von uns geprüft
stage-done = Fertig
stage-on-day = Am gewählten Tag
stage-scheduled = Mit dem nächsten Zeitraum
stage-withdrawn = Zurückgezogen
stage-lapsed = Verfallen
is-unpaid = { $label } behält den Tarif { $before }, bis die Rechnung bezahlt ist. Ist sie bis { $until } nicht bezahlt, ändert sich nichts.
is-unpaid-lapses = { $label } behält den Tarif { $before }, bis die Rechnung bezahlt ist. Schlägt eine Zahlung fehl oder kommt bis { $until } keine, ändert sich nichts.
is-unpaid-made = { $label } behält den Tarif { $before }, bis die Rechnung bezahlt ist. Schlägt eine Zahlung fehl oder kommt bis { $until } keine, wird die Änderung trotzdem wirksam, und Sie schulden die Rechnung.
is-asked-for = Wir fragen bei der Bank nach, was aus Ihrer Zahlung über { $amount } geworden ist. Sie müssen nichts tun; bitte zahlen Sie nicht noch einmal.
is-being-paid = Ihre Zahlung über { $amount } ist unterwegs. Die Änderung wird wirksam, sobald sie da ist.
is-declined = Ihre Zahlung ist fehlgeschlagen. Es wurde nichts abgebucht, und { $label } hat weiterhin den Tarif { $before }. Bis { $until } können Sie auf andere Weise zahlen.
is-resizing = Ihr Tarif ist jetzt { $after }. Der Server wird angepasst und startet einmal neu.
is-setting-up = Ihr Tarif ist jetzt { $after }. Was dazugehört, wird gerade eingerichtet.
is-stuck = Ihr Tarif ist jetzt { $after }, aber noch konnte nicht alles eingerichtet werden. Wir wissen davon und kümmern uns darum.
is-stuck-machine = Ihr Tarif ist jetzt { $after }, aber der Server konnte noch nicht angepasst werden. Wir wissen davon und kümmern uns darum. Was auf seinem Datenträger liegt, bleibt erhalten.
is-done = { $label } hat jetzt den Tarif { $after }.
is-done-machine = { $label } hat jetzt den Tarif { $after }, und was auf dem Datenträger lag, ist noch da.
is-owed = Die Rechnung dafür über { $amount } ist offen und bis { $day } zu zahlen.
is-owed-missed = Die Zahlung ist fehlgeschlagen oder nicht rechtzeitig gekommen; die Rechnung über { $amount } ist noch zu zahlen.
is-planned-for-day = { $label } bleibt bis zum { $day } bei { $before }. An diesem Tag beginnt die Änderung auf { $after }. Vorher ist nichts zu zahlen.
is-scheduled = { $label } behält bis zum Ende dieses Zeitraums den Tarif { $before } und hat ab { $day } den Tarif { $after }. Jetzt ist nichts zu zahlen.
is-withdrawn = Diese Änderung wurde zurückgezogen. An { $label } hat sich dadurch nichts geändert, und es wurde nichts berechnet.
is-lapsed = Die Rechnung wurde nicht rechtzeitig bezahlt, daher hat sich an { $label } nichts geändert.
is-lapsed-failed = Die Zahlung ist fehlgeschlagen oder nicht rechtzeitig gekommen, daher hat sich an { $label } nichts geändert.
step-ordered = Bestellt
step-withdrawn = Zurückgezogen
step-lapsed = Verfallen
step-on-day = Am gewählten Tag
step-next-period = Mit dem nächsten Zeitraum
step-done = Fertig
step-paid = Bezahlt
step-credited = Gutgeschrieben
step-invoiced = In Rechnung gestellt
step-next-invoice = Auf der nächsten Rechnung
step-paying-note = Ihre Zahlung ist unterwegs
step-declined-note = die Zahlung ist fehlgeschlagen
step-unpaid-note = wartet auf Ihre Zahlung
step-about-to-begin = beginnt gleich
step-stuck-note = wir kümmern uns darum
step-resizing = Wird angepasst
step-setting-up = Wird eingerichtet
step-restarted = Neu gestartet
step-resized = Angepasst
step-set-up = Eingerichtet
notice-ordered = { $noun } bestellt
notice-when-paid = Das wird wirksam, sobald die Rechnung bezahlt ist.
notice-when-this-paid = Das wird wirksam, sobald diese Rechnung bezahlt ist.
notice-in-the-end = Das wird wirksam, sobald die Rechnung bezahlt ist oder ihre Zahlung ausbleibt: Dann schulden Sie die Rechnung.
notice-planned = { $noun } geplant
notice-complete = { $noun } auf { $plan } abgeschlossen
notice-complete-within = { $noun } abgeschlossen: { $what }
notice-bought = { $count ->
    [one] Was von Ihrer Zahlung übrig war, reicht für { $days } Tag. Ihre nächste Rechnung kommt am { $day }.
   *[other] Was von Ihrer Zahlung übrig war, reicht für { $days } Tage. Ihre nächste Rechnung kommt am { $day }.
}
notice-on-balance = { $amount } stehen auf Ihrem Guthaben.
notice-invoice-due = Die Rechnung über { $amount } ist bis { $day } zu zahlen.
notice-this-invoice-due = Diese Rechnung ist bis { $day } zu zahlen.
notice-thanks-payment = Vielen Dank für Ihre Zahlung.
notice-paid-from-balance = { $amount } wurden aus Ihrem Guthaben bezahlt.
notice-payment-on-its-way = Zahlung unterwegs
notice-withdrawn = { $noun } zurückgezogen
notice-withdrawn-note = Es wurde nichts berechnet.
notice-already-note = Bezahlen Sie bitte zuerst oder ziehen Sie den Auftrag zurück.
notice-not-withdrawn = Nicht zurückgezogen
notice-not-charged = Es wurde nichts berechnet
notice-not-changed = Es wurde nichts geändert
notice-see-change = Änderung ansehen
notice-invoice-closes = Die Rechnung ist erledigt, sobald das Geld da ist.
notice-payment-received = Zahlung eingegangen
notice-thanks = Vielen Dank.
notice-follows = { $direction ->
    [upgrade] Das Upgrade folgt sofort.
    [downgrade] Das Downgrade folgt sofort.
   *[change] Die Änderung folgt sofort.
}
notice-already = { $direction ->
    [upgrade] Dieses Upgrade ist bereits in Arbeit
    [downgrade] Dieses Downgrade ist bereits in Arbeit
   *[change] Diese Änderung ist bereits in Arbeit
}
