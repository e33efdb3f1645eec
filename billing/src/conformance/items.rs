//! What a change is about: prices, quantities, discounts, taxes, in the currency of the vector.

use serde_json::Value;

use super::fields::Fields;
use super::{Case, Unsayable};
use crate::calendar::Cycle;
use crate::discount::Discount;
use crate::money::{Currency, Money};
use crate::percent::Percent;
use crate::tax::TaxRate;

/// On which side of a change an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It was billed, and its rest is given back.
    Leaves,
    /// Its rest is charged.
    Comes,
}

/// A price that leaves or comes.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub role: Role,
    /// The role as the vector writes it.
    pub word: String,
    /// For a full cycle: price × quantity.
    pub list: Money,
    pub discount: Option<Discount>,
    /// Where it is stated.
    pub cycle: Option<Cycle>,
}

impl Case<'_> {
    /// The currency; the one with the stated number of decimals must be the one that Midcycle has.
    pub fn currency(&self) -> Result<Currency, Unsayable> {
        let currency = match self.input.text("currency")? {
            Some(code) => Currency::parse(code).map_err(|error| Unsayable(error.to_string()))?,
            None => Currency::parse("EUR").map_err(|error| Unsayable(error.to_string()))?,
        };
        match self.input.integer("minor_digits")? {
            Some(digits) if digits != i64::from(currency.exponent()) => {
                Err(self.input.not_a("minor_digits", "how many decimals the currency has"))
            }
            _ => Ok(currency),
        }
    }

    /// An amount in minor units.
    pub fn amount(&self, key: &str) -> Result<Option<Money>, Unsayable> {
        let Some(minor) = self.input.integer(key)? else { return Ok(None) };
        self.currency().map(|currency| Some(Money::new(minor, currency)))
    }

    pub fn needs_amount(&self, key: &str) -> Result<Money, Unsayable> {
        self.amount(key)?.ok_or_else(|| self.input.missing(key))
    }

    /// An amount that is never below nothing, such as a price.
    pub fn needs_price(&self, key: &str) -> Result<Money, Unsayable> {
        let price = self.needs_amount(key)?;
        if price.is_negative() { Err(self.input.not_a(key, "nothing or more")) } else { Ok(price) }
    }

    /// Amounts in minor units.
    pub fn amounts(&self, key: &str) -> Result<Vec<Money>, Unsayable> {
        let currency = self.currency()?;
        let list = self.input.integers(key)?.ok_or_else(|| self.input.missing(key))?;
        Ok(list.into_iter().map(|minor| Money::new(minor, currency)).collect())
    }

    /// The tax, where one is stated: `tax_percent`, or `tax_rate` as a number below one.
    pub fn tax(&self) -> Result<Option<TaxRate>, Unsayable> {
        let percent = match self.input.get("tax_percent") {
            Some(value) => percent_of(value).ok_or_else(|| self.input.not_a("tax_percent", "a percentage"))?,
            None => match self.input.ratio("tax_rate")? {
                Some(rate) if i128::from(rate.part) * 1_000_000 % i128::from(rate.whole) != 0 => {
                    return Err(self.input.not_a("tax_rate", "a percentage of at most four decimals"));
                }
                Some(rate) => {
                    let hundredths = i128::from(rate.part) * 1_000_000 / i128::from(rate.whole);
                    let text = format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000);
                    Percent::parse(&text).map_err(|error| Unsayable(error.to_string()))?
                }
                None => return Ok(None),
            },
        };
        Ok(Some(TaxRate { name: "tax".to_owned(), percent, included: false }))
    }

    /// The items of a change: those listed, or one that is stated by its price alone.
    pub fn items(&self) -> Result<Vec<Item>, Unsayable> {
        let items = self.stated_items()?;
        let is_sold = |item: &Item| {
            let fixed = match item.discount {
                Some(Discount::Amount(off)) => off,
                _ => Money::zero(item.list.currency),
            };
            !item.list.is_negative() && !fixed.is_negative()
        };
        if items.iter().all(is_sold) {
            Ok(items)
        } else {
            Err(Unsayable("a price or a discount is below nothing, which no catalogue has".to_owned()))
        }
    }

    fn stated_items(&self) -> Result<Vec<Item>, Unsayable> {
        let currency = self.currency()?;
        if let Some(list) = self.input.list("items")? {
            let items = list.iter().enumerate().map(|(at, item)| self.item(at, item, currency));
            return items.filter_map(Result::transpose).collect();
        }
        let counts_units = self.input.named(&["units_before", "seats_before", "quantity_before"]).is_some();
        let unit_price = self.input.named(&["unit_price", "price_now"]);
        // A price is per unit, wherever units are counted.
        if let Some(key) = unit_price.or_else(|| self.input.named(&["price"]).filter(|_| counts_units)) {
            let unit = self.needs_amount(key)?;
            return self.quantities(|units| Some(unit.times(units)));
        }
        if let Some(tiers) = self.tiers()? {
            // What is billed besides the units stays as it is.
            self.input.set_aside(&["fixed"]);
            return self.quantities(|units| tiers.list(units));
        }
        let single =
            |role, word: &str, list, discount| Item { role, word: word.to_owned(), list, discount, cycle: None };
        if self.input.has("old_price") {
            let percent = self
                .input
                .get("discount_percent")
                .map(|value| percent_of(value).ok_or_else(|| self.input.not_a("discount_percent", "a percentage")));
            let discount = percent.transpose()?.map(Discount::Percent);
            let old = single(Role::Leaves, "old", self.needs_amount("old_price")?, discount);
            let new = self.amount("new_price")?.map(|price| single(Role::Comes, "new", price, None));
            if new.is_some() && discount.is_some() {
                return Err(self.input.not_a("discount_percent", "said to be of one price or of both"));
            }
            return Ok(std::iter::once(old).chain(new).collect());
        }
        let Some(key) = self.input.named(&["price", "amount"]) else { return Err(self.input.missing("items")) };
        let price = self.needs_amount(key)?.times(self.input.count("quantity")?.unwrap_or(1));
        let cycle = self.input.cycle("interval")?;
        let asks = |names: &[&str]| names.iter().any(|name| self.asked.contains(name));
        let role = if self.input.has("terminated_on") || asks(&["credit", "credit_total", "credit_tax", "repair"]) {
            Role::Leaves
        } else {
            Role::Comes
        };
        let word = if role == Role::Leaves { "old" } else { "new" };
        // A coupon of a document with one price on it is that price's.
        let coupon = self.input.get("coupon").map(|value| {
            let known = discount_of(value, currency);
            known.ok_or_else(|| self.input.not_a("coupon", "a discount that Midcycle has"))
        });
        Ok(vec![Item { cycle, ..single(role, word, price, coupon.transpose()?) }])
    }

    fn item(&self, at: usize, value: &Value, currency: Currency) -> Result<Option<Item>, Unsayable> {
        let path = format!("input.items.{at}");
        let map = value.as_object().ok_or_else(|| Unsayable(format!("{path} is not an object")))?;
        let item = Fields::of(path, map);
        let word = item.text("role")?.ok_or_else(|| item.missing("role"))?;
        let role = match word {
            "old" | "remove" => Role::Leaves,
            "new" | "add" => Role::Comes,
            _ => return Err(item.not_a("role", "a side of a change")),
        };
        if let Some(kind) = item.text("kind")? {
            let is_excluded = ["usage", "metered"].iter().any(|key| {
                self.policy.get(key).and_then(Value::as_str).is_some_and(|words| words.contains("excluded"))
            });
            item.set_aside(&["price", "quantity", "interval", "discount"]);
            return match kind {
                "usage" | "metered" if is_excluded => item.all_read().map(|()| None),
                _ => Err(item.not_a("kind", "a kind of price that is prorated")),
            };
        }
        let price = item.needs_integer("price")?;
        let quantity = item.count("quantity")?.unwrap_or(1);
        let list = Money::new(price, currency).times(quantity);
        let discount = item.get("discount").map(|value| discount_of(value, currency));
        let discount = match discount {
            Some(None) => return Err(item.not_a("discount", "a discount that Midcycle has")),
            Some(discount) => discount,
            None => None,
        };
        let cycle = item.cycle("interval")?;
        item.all_read()?;
        Ok(Some(Item { role, word: word.to_owned(), list, discount, cycle }))
    }

    /// Units before and after, at what so many cost.
    fn quantities(&self, list: impl Fn(i64) -> Option<Money>) -> Result<Vec<Item>, Unsayable> {
        let count = |names: &[&'static str]| match self.input.named(names) {
            Some(key) => self.input.needs_count(key),
            None => Err(self.input.missing(names[0])),
        };
        let before = count(&["units_before", "seats_before", "quantity_before"])?;
        let after = count(&["units_after", "seats_after", "quantity_after"])?;
        let item = |role, word: &str, units| {
            let list = list(units).ok_or_else(|| self.input.not_a("tiers", "a price of all units"))?;
            Ok(Item { role, word: word.to_owned(), list, discount: None, cycle: None })
        };
        Ok(vec![item(Role::Leaves, "old", before)?, item(Role::Comes, "new", after)?])
    }
}

/// A percentage: `"20"`, `20`, `"20%"`.
pub(super) fn percent_of(value: &Value) -> Option<Percent> {
    let text = match value {
        Value::String(text) => text.trim_end_matches('%').trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Percent::parse(&text).ok()
}

/// A discount: `"pct50"`, `"50%"`, `{percent}`, or a fixed one: `"fix2500"`, `{fixed}`, minor units alone.
pub(super) fn discount_of(value: &Value, currency: Currency) -> Option<Discount> {
    let fixed = |minor: i64| Some(Discount::Amount(Money::new(minor, currency)));
    match value {
        Value::Number(number) => fixed(number.as_i64()?),
        Value::String(text) if text.ends_with('%') => percent_of(value).map(Discount::Percent),
        Value::String(text) => match (text.strip_prefix("pct"), text.strip_prefix("fix")) {
            (Some(percent), _) => Percent::parse(percent).ok().map(Discount::Percent),
            (_, Some(minor)) => fixed(minor.parse().ok()?),
            _ => None,
        },
        Value::Object(map) if map.len() == 1 => match (map.get("percent"), map.get("fixed")) {
            (Some(percent), _) => percent_of(percent).map(Discount::Percent),
            (_, Some(minor)) => fixed(minor.as_i64()?),
            _ => None,
        },
        _ => None,
    }
}
