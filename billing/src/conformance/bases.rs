//! From which price a credit is counted, asked of coverage: what was billed, or the price of today.

use jiff::Timestamp;

use super::found::Found;
use super::items::discount_of;
use super::lines::billed_segment;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, Span, Zone};
use crate::coverage::Cutting;
use crate::discount::Discount;
use crate::first_period::Full;
use crate::money::Money;
use crate::policy::{CreditBasis, Policy};
use crate::proration::{Counting, Priced};
use crate::share::Rounding;

/// The credit by every basis that the policy names: `name: what it is`, asked for as `credit_name`.
pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let input = &case.input;
    let (price, currency) = (case.needs_amount("price")?, case.currency()?);
    let discount = |key: &str| -> Result<Option<Discount>, Unsayable> {
        let Some(value) = input.get(key) else { return Ok(None) };
        discount_of(value, currency).map(Some).ok_or_else(|| input.not_a(key, "a discount that Midcycle has"))
    };
    let sold = Priced { list: price, discount: discount("coupon_when_billed")?, cycle: Cycle::MONTH };
    let today = Priced { discount: discount("coupon_now")?, ..sold };
    let left = input.ratio("fraction_remaining")?.ok_or_else(|| input.missing("fraction_remaining"))?;
    let second = |n: i64| Timestamp::from_second(n).map_err(|_| input.not_a("fraction_remaining", "a part"));
    if price.is_negative() || !(0..=left.whole).contains(&left.part) {
        return Err(input.not_a("fraction_remaining", "a part of a price"));
    }
    let full = Span { from: second(0)?, until: second(left.whole)? };
    let at = second(left.whole - left.part)?;
    let names = case.policy.list("credit_basis")?.ok_or_else(|| case.policy.missing("credit_basis"))?;
    let (mut fields, mut derivations) = (Vec::new(), Vec::new());
    for value in names {
        let unknown = || case.policy.not_a("credit_basis", "bases of a credit that Midcycle has");
        let (name, words) = value.as_str().and_then(|text| text.split_once(':')).ok_or_else(unknown)?;
        let is = |all: &[&str]| all.iter().any(|word| words.contains(word));
        let basis = match () {
            () if is(&["current price"]) => CreditBasis::PriceNow,
            () if is(&["debited", "billed"]) => CreditBasis::Billed,
            () => return Err(unknown()),
        };
        let policy = policy(basis)?;
        let price_rounding = policy.terms.rounding;
        let counting =
            Counting { policy: &policy.reference, terms: &policy.terms, zone: Zone::utc_ref(), price_rounding };
        let segment = billed_segment(sold, sold.net(Rounding::HalfAway), full, &policy.reference);
        let now = (basis == CreditBasis::PriceNow).then_some(today);
        let cutting = Cutting::new(counting, at, Full::one(full), full.until);
        let Some(from) = segment.given_back_from(&cutting) else {
            fields.push((format!("credit_{name}"), Found::from(Money::zero(currency))));
            continue;
        };
        let mut derivation = segment.credit(&cutting, from, || None, now, None);
        let release = segment.release(&cutting, from, &mut derivation, None);
        let unbounded = crate::explain::Derivation { cap: price.max(segment.net), ..derivation.clone() };
        if unbounded.replay() != release.amount {
            return Err(Unsayable(
                "the credit is bounded by what was billed, which the vector does not state".to_owned(),
            ));
        }
        fields.push((format!("credit_{name}"), Found::from(release.amount)));
        derivations.push(derivation);
    }
    Ok(Answer { fields: Found::map(fields), derivations })
}

fn policy(basis: CreditBasis) -> Result<Policy, Unsayable> {
    let basis = match basis {
        CreditBasis::Billed => "billed",
        CreditBasis::PriceNow => "price_now",
    };
    let text = format!(
        "name = \"asked\"\nversion = 1\nsummary = \"The basis of a credit.\"\n[terms]\nunit = \"second\"\n\
         credit_from = \"instant\"\ncharge_from = \"instant\"\ndenominator = \"period\"\ncredit_basis = \"{basis}\"\n\
         quote_minutes = 30\npayment_hours = 72\n"
    );
    Policy::from_toml(&text).map_err(|error| Unsayable(error.to_string()))
}
