//! How an amount was found, as JSON: the derivation of a line, whatever it stands on. The lines of a quote are in
//! `quote_body`, those of a document in `documents`.

use billing::discount::Discount;
use billing::explain::Derivation;
use billing::money::Money;
use billing::policy::RoundingStage;
use serde::Serialize;
use utoipa::ToSchema;

use super::money_body::Amount;

/// How an amount was found: the part `[from, until)` of a line over `[0, whole)`. What did not count is null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Derivation)]
pub struct DerivationBody {
    /// The policy that set the rules.
    #[schema(example = "vps@1")]
    pub policy: String,
    /// `billed`, `price`, `price_now`, `bought`, `trial`, `first_period`, `once` or `trial_price`: what is shared; of `once`
    /// the setup price of a unit, for as many as the part is long; of `trial_price` the price of a trial, less what was
    /// charged for it before (`net_of`).
    #[schema(example = "price")]
    pub basis: String,
    /// The amount that is shared, for `whole`.
    pub line: Amount,
    /// The list price of a full cycle, where a discount counts.
    pub list: Option<Amount>,
    /// What was taken off the list price to make `line`.
    pub list_discount: Option<DiscountBody>,
    /// `second`, `minute`, `hour`, `day` or `month`: the unit of `from`, `until` and `whole`, which are in twelfths of it
    /// where the denominator is `year_days`.
    #[schema(example = "day")]
    pub unit: String,
    /// Where the part begins.
    pub from: i64,
    /// Where the part ends. Twice the whole where the full period after a first one counts with it.
    pub until: i64,
    /// The length of the whole line.
    pub whole: i64,
    /// `period`, `fixed_days`, `year_days`, `nominal` or `thirty_360`: why the whole is so long.
    #[schema(example = "period")]
    pub denominator: String,
    /// `prorated`, `full` or `none`: how much counts.
    #[schema(example = "prorated")]
    pub side: String,
    /// `line`, `unit_rate`, `factor` or `step`: where on the way was rounded.
    #[schema(example = "line")]
    pub stage: String,
    /// The decimals of a rounded factor.
    pub factor_decimals: Option<u8>,
    /// The amount in whole multiples of which was rounded.
    pub step: Option<Amount>,
    /// `complement` or `rounded`: how the rest was found.
    #[schema(example = "complement")]
    pub remainder: String,
    /// What became of parts of a minor unit.
    #[schema(example = "half_away")]
    pub rounding: String,
    /// Where what rounding leaves over is carried through a period: by how many minor units the lines before this one
    /// are off, of a charge above what is exact, of a credit below. The line takes what makes it a whole unit.
    #[schema(example = "-6/7")]
    pub carry: Option<String>,
    /// A discount that was taken off the part.
    pub discount: Option<DiscountBody>,
    /// Does a fixed discount count in full, whatever the part?
    pub discount_in_full: Option<bool>,
    /// The old side, where the difference of two prices was shared.
    pub net_of: Option<NetOfBody>,
    /// What the used part costs, where that is kept and the rest given back.
    pub used_at: Option<UsedAtBody>,
    /// Of days that are bought: the part of what is left that the line takes.
    pub of_value: Option<PartOfValueBody>,
    /// The plan credits that bound what is given back.
    pub unused: Option<UnusedBody>,
    /// The most the amount may be.
    pub cap: Amount,
    /// Where the day of the change went.
    #[schema(example = "change_day")]
    pub cut: String,
}

/// A discount: one of the two.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Discount)]
pub struct DiscountBody {
    /// How much of the price, in percent.
    #[schema(example = "10")]
    pub percent: Option<String>,
    /// How much for a full cycle.
    pub amount: Option<Amount>,
}

/// The old side of a difference: `amount = credit + (line − price) × part`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NetOf)]
pub struct NetOfBody {
    /// The old price of a full cycle.
    pub price: Amount,
    /// What is given back of it.
    pub credit: Amount,
}

/// A claw-back: `amount = line − price × used ÷ whole`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsedAt)]
pub struct UsedAtBody {
    /// The price for `whole`.
    pub price: Amount,
    /// How much was used.
    pub used: i64,
    /// What the price is for.
    pub whole: i64,
    /// The unit of both.
    #[schema(example = "month")]
    pub unit: String,
}

/// Of days that are bought with what is left, the part that a line takes: `value × (before + line) ÷ basket` less
/// `value × before ÷ basket`, each rounded.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PartOfValue)]
pub struct PartOfValueBody {
    /// What is left.
    pub value: Amount,
    /// What the whole basket costs for a full cycle.
    pub basket: Amount,
    /// What of that the lines before this one cost.
    pub before: Amount,
}

/// Unused plan credits: no more than `cap × left ÷ of` is given back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unused)]
pub struct UnusedBody {
    /// How many are left.
    pub left: i64,
    /// How many the plan gave.
    pub of: i64,
}

impl DerivationBody {
    /// A derivation as data.
    pub fn of(derivation: &Derivation) -> Self {
        let factor_decimals = match derivation.stage {
            RoundingStage::Factor(digits) => Some(digits),
            RoundingStage::Line | RoundingStage::UnitRate | RoundingStage::Step(_) => None,
        };
        let step = match derivation.stage {
            RoundingStage::Step(step) => Some(Amount::from(Money::new(step.into(), derivation.line.currency))),
            _ => None,
        };
        Self {
            policy: derivation.policy.to_string(),
            basis: word(&derivation.basis),
            line: derivation.line.into(),
            list: derivation.list.map(Amount::from),
            list_discount: derivation.list_discount.as_deref().copied().map(DiscountBody::from),
            unit: word(&derivation.unit),
            from: derivation.from,
            until: derivation.until,
            whole: derivation.whole,
            denominator: word(&derivation.denominator),
            side: word(&derivation.side),
            stage: word(&derivation.stage),
            factor_decimals,
            step,
            remainder: word(&derivation.remainder),
            rounding: word(&derivation.rounding),
            carry: derivation.carry.map(String::from),
            discount: derivation.discount.as_deref().copied().map(|on_part| on_part.discount.into()),
            discount_in_full: derivation.discount.as_deref().copied().map(|on_part| on_part.in_full),
            net_of: derivation
                .net_of
                .as_deref()
                .copied()
                .map(|old| NetOfBody { price: old.price.into(), credit: old.credit.into() }),
            used_at: derivation.used_at.as_deref().copied().map(|used| UsedAtBody {
                price: used.price.into(),
                used: used.used,
                whole: used.whole,
                unit: word(&used.unit),
            }),
            of_value: derivation.of_value.as_deref().map(|part| PartOfValueBody {
                value: part.value.into(),
                basket: part.basket.into(),
                before: part.before.into(),
            }),
            unused: derivation.unused.map(|unused| UnusedBody { left: unused.left, of: unused.of }),
            cap: derivation.cap.into(),
            cut: word(&derivation.cut),
        }
    }
}

impl From<Discount> for DiscountBody {
    fn from(discount: Discount) -> Self {
        match discount {
            Discount::Percent(percent) => Self { percent: Some(percent.to_string()), amount: None },
            Discount::Amount(off) => Self { percent: None, amount: Some(off.into()) },
        }
    }
}

/// The name that a variant of an enum has in JSON, without its contents.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(contents)) => {
            contents.into_iter().next().map(|(word, _)| word).unwrap_or_default()
        }
        _ => String::new(),
    }
}
