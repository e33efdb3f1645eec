# Cycles, counts and how much tax there is: the small words that stand within others.

# How often a price is paid, after or below an amount.
per-day = { $count ->
    [one] per day
   *[other] every { $count } days
}
per-week = { $count ->
    [one] per week
   *[other] every { $count } weeks
}
per-month = { $count ->
    [one] per month
   *[other] every { $count } months
}
per-year = { $count ->
    [one] per year
   *[other] every { $count } years
}
price-per = { $price } { $per }

# The same as the label of a choice.
every-day = { $count ->
    [one] Every day
   *[other] Every { $count } days
}
every-week = { $count ->
    [one] Every week
   *[other] Every { $count } weeks
}
every-month = { $count ->
    [one] Every month
   *[other] Every { $count } months
}
every-year = { $count ->
    [one] Every year
   *[other] Every { $count } years
}

# The same behind the name of a plan: "Large, paid yearly".
paid-by-day = { $count ->
    [one] paid daily
   *[other] paid every { $count } days
}
paid-by-week = { $count ->
    [one] paid weekly
   *[other] paid every { $count } weeks
}
paid-by-month = { $count ->
    [one] paid monthly
   *[other] paid every { $count } months
}
paid-by-year = { $count ->
    [one] paid yearly
   *[other] paid every { $count } years
}

about-seconds = { $count ->
    [one] about a second
   *[other] about { $count } seconds
}
about-minutes = { $count ->
    [one] about a minute
   *[other] about { $count } minutes
}

# A number and the unit of the catalogue.
count-of = { $number } { $unit }

# A rate of tax, and what a price is to it.
tax-rate = { $name } { $percent }{"\u00A0"}%
tax-included = with { $rate }
tax-added = plus { $rate }
tax-with-amount = { $amount } { $note }
tax-contained = Contains { $amount } { $rate }.
tax-prices = All prices { $note }.
noted-with-tax = { $note }, { $tax }
sum-without-tax = Sum without tax

# A list price and what is taken off it.
less-percent = { $price } less { $percent }{"\u00A0"}%
less-amount = { $price } less { $amount }

# Which way a change goes.
direction-upgrade = Upgrade
direction-downgrade = Downgrade
direction-change = Change

# What a plan or a service has: the name of a resource, and so much of it in one phrase. `number` is written out with
# its unit, `count` is the bare number.
size-cpus = Processors
size-mau = Monthly active users
size-memory = Memory
size-disk = Disk
size-sites = Sites
size-seats = Seats
size-teammates = Teammates
size-ipv4 = IPv4 addresses
gives-cpus = { $count ->
    [one] { $number } processor
   *[other] { $number } processors
}
gives-mau = { $count ->
    [one] { $number } monthly active user
   *[other] { $number } monthly active users
}
gives-memory = { $number } memory
gives-disk = { $number } disk
gives-sites = { $count ->
    [one] { $number } site
   *[other] { $number } sites
}
gives-seats = { $count ->
    [one] { $number } seat
   *[other] { $number } seats
}
gives-teammates = { $count ->
    [one] { $number } teammate
   *[other] { $number } teammates
}
gives-ipv4 = { $count ->
    [one] { $number } IPv4 address
   *[other] { $number } IPv4 addresses
}
gives-yes = yes
gives-no = no
gives-none = no { $what }
gives-without = without: { $what }
gives-instead = { $has } instead of { $had }
gives-credits = { $amount } in every period
meter-price = { $name }: { $price }
meter-each = { $amount } per { $units }
meter-included = included
meter-up-to = up to { $units } { $price }
meter-then = then { $price }
meter-and-once = { $price } and { $amount } once
