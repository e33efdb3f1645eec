# M09: a plan without a price in the customer's currency is refused, and is never free
policy   vps
currency SEK
plan     s 100.00 SEK monthly, 10.00 EUR monthly
plan     m 30.00 EUR monthly
plan     l 600.00 SEK monthly
option   memory 2.00 EUR monthly
given    2026-04-01 alice on s monthly
expect   invoice paid 100.00
quote    2026-04-11 alice to m
expect   refused no-price; still s; nothing
quote    2026-04-11 alice to s yearly
expect   refused no-price
quote    2026-04-11 alice to s with memory 2
expect   refused no-price
# 100 - round(100 x 10/30) = 66.67; 600 x 20/30 = 400.00
quote    2026-04-11 alice to l
expect   credit 66.67; charge 400.00; due 333.33
