# Cycles, counts and how much tax there is: the small words that stand within others.

# How often a price is paid, after or below an amount.
per-day = { $count ->
    [1] 日額
   *[other] { $count }日ごと
}
per-week = { $count ->
    [1] 週額
   *[other] { $count }週間ごと
}
per-month = { $count ->
    [1] 月額
   *[other] { $count }か月ごと
}
per-year = { $count ->
    [1] 年額
   *[other] { $count }年ごと
}
price-per = { $per } { $price }

# The same as the label of a choice.
every-day = { $count ->
    [1] 毎日
   *[other] { $count }日ごと
}
every-week = { $count ->
    [1] 毎週
   *[other] { $count }週間ごと
}
every-month = { $count ->
    [1] 毎月
   *[other] { $count }か月ごと
}
every-year = { $count ->
    [1] 毎年
   *[other] { $count }年ごと
}

# The same behind the name of a plan.
paid-by-day = { $count ->
    [1] 日払い
   *[other] { $count }日ごとのお支払い
}
paid-by-week = { $count ->
    [1] 週払い
   *[other] { $count }週間ごとのお支払い
}
paid-by-month = { $count ->
    [1] 月払い
   *[other] { $count }か月ごとのお支払い
}
paid-by-year = { $count ->
    [1] 年払い
   *[other] { $count }年ごとのお支払い
}

about-seconds = 約{ $count }秒
about-minutes = 約{ $count }分

# A number and the unit of the catalogue.
count-of = { $number }{ $unit }

# A rate of tax, and what a price is to it.
tax-rate = { $name }{ $percent }%
tax-included = { $rate }込み
tax-added = { $rate }別
tax-with-amount = { $amount }（{ $note }）
tax-contained = { $rate }として{ $amount }を含みます。
tax-prices = 表示価格はすべて{ $note }です。
noted-with-tax = { $note }、{ $tax }
sum-without-tax = 小計（税抜）

# A list price and what is taken off it.
less-percent = { $price }から{ $percent }%引き
less-amount = { $price }から{ $amount }引き

# Which way a change goes.
direction-upgrade = アップグレード
direction-downgrade = ダウングレード
direction-change = 変更

# What a plan or a service has: the name of a resource, and so much of it in one phrase. `number` is written out with
# its unit, `count` is the bare number.
size-cpus = プロセッサ
size-mau = 月間アクティブユーザー
size-memory = メモリ
size-disk = ディスク
size-sites = サイト
size-seats = シート
size-teammates = メンバー
size-ipv4 = IPv4アドレス
gives-cpus = プロセッサ{ $number }個
gives-mau = 月間アクティブユーザー{ $number }人
gives-memory = メモリ{ $number }
gives-disk = ディスク{ $number }
gives-sites = サイト{ $number }件
gives-seats = { $number }シート
gives-teammates = メンバー{ $number }名
gives-ipv4 = IPv4アドレス{ $number }個
gives-yes = あり
gives-no = なし
gives-none = { $what }なし
gives-without = { $what }は含まれません
gives-instead = { $has }（現在は{ $had }）
gives-credits = 1期間につき{ $amount }
meter-price = { $name }：{ $price }
meter-each = { $units }あたり{ $amount }
meter-included = 料金に含まれます
meter-up-to = { $units }までは{ $price }
meter-then = それ以降は{ $price }
meter-and-once = { $price }（ほかに一度だけ{ $amount }）
