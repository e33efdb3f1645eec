# Cycles, counts and how much tax there is: the small words that stand within others.

# How often a price is paid, after or below an amount.
per-day = { $count ->
    [one] pro Tag
   *[other] alle { $count } Tage
}
per-week = { $count ->
    [one] pro Woche
   *[other] alle { $count } Wochen
}
per-month = { $count ->
    [one] pro Monat
   *[other] alle { $count } Monate
}
per-year = { $count ->
    [one] pro Jahr
   *[other] alle { $count } Jahre
}
price-per = { $price } { $per }

# The same as the label of a choice.
every-day = { $count ->
    [one] Täglich
   *[other] Alle { $count } Tage
}
every-week = { $count ->
    [one] Wöchentlich
   *[other] Alle { $count } Wochen
}
every-month = { $count ->
    [one] Monatlich
   *[other] Alle { $count } Monate
}
every-year = { $count ->
    [one] Jährlich
   *[other] Alle { $count } Jahre
}

# The same behind the name of a plan: "Large, jährliche Zahlung".
paid-by-day = { $count ->
    [one] tägliche Zahlung
   *[other] Zahlung alle { $count } Tage
}
paid-by-week = { $count ->
    [one] wöchentliche Zahlung
   *[other] Zahlung alle { $count } Wochen
}
paid-by-month = { $count ->
    [one] monatliche Zahlung
   *[other] Zahlung alle { $count } Monate
}
paid-by-year = { $count ->
    [one] jährliche Zahlung
   *[other] Zahlung alle { $count } Jahre
}

about-seconds = { $count ->
    [one] etwa eine Sekunde
   *[other] etwa { $count } Sekunden
}
about-minutes = { $count ->
    [one] etwa eine Minute
   *[other] etwa { $count } Minuten
}

# A number and the unit of the catalogue.
count-of = { $number } { $unit }

# A rate of tax, and what a price is to it.
tax-rate = { $percent }{"\u00A0"}% { $name }
tax-included = inkl. { $rate }
tax-added = zzgl. { $rate }
tax-with-amount = { $amount } { $note }
tax-contained = Darin enthalten: { $amount } ({ $rate }).
tax-prices = Alle Preise { $note }.
noted-with-tax = { $note }, { $tax }
sum-without-tax = Summe ohne Steuer

# A list price and what is taken off it.
less-percent = { $price } abzüglich { $percent }{"\u00A0"}%
less-amount = { $price } abzüglich { $amount }

# Which way a change goes.
direction-upgrade = Upgrade
direction-downgrade = Downgrade
direction-change = Änderung

# What a plan or a service has: the name of a resource, and so much of it in one phrase. `number` is written out with
# its unit, `count` is the bare number.
size-cpus = Prozessoren
size-mau = Monatlich aktive Nutzer
size-memory = Arbeitsspeicher
size-disk = Speicherplatz
size-sites = Websites
size-seats = Plätze
size-teammates = Teammitglieder
size-ipv4 = IPv4-Adressen
gives-cpus = { $count ->
    [one] { $number } Prozessor
   *[other] { $number } Prozessoren
}
gives-mau = { $count ->
    [one] { $number } monatlich aktiver Nutzer
   *[other] { $number } monatlich aktive Nutzer
}
gives-memory = { $number } Arbeitsspeicher
gives-disk = { $number } Speicherplatz
gives-sites = { $count ->
    [one] { $number } Website
   *[other] { $number } Websites
}
gives-seats = { $count ->
    [one] { $number } Platz
   *[other] { $number } Plätze
}
gives-teammates = { $count ->
    [one] { $number } Teammitglied
   *[other] { $number } Teammitglieder
}
gives-ipv4 = { $count ->
    [one] { $number } IPv4-Adresse
   *[other] { $number } IPv4-Adressen
}
gives-yes = ja
gives-no = nein
gives-none = ohne { $what }
gives-without = ohne: { $what }
gives-instead = { $has } statt { $had }
gives-credits = { $amount } in jedem Zeitraum
meter-price = { $name } nach Verbrauch: { $price }
meter-each = { $amount } je { $units }
meter-included = inklusive
meter-up-to = bis { $units } { $price }
meter-then = danach { $price }
meter-and-once = { $price } und einmal { $amount }
