//! Documents and settlement: discounts one after the other, tax, what a balance pays, what a credit may not exceed, and
//! what is paid out.

use serde_json::Value;

use super::fields::Ratio;
use super::found::Found;
use super::items::{discount_of, percent_of};
use super::{Answer, Case, Unsayable};
use crate::discount::{Discount, in_sequence};
use crate::explain::{Basis, Derivation, UsedAt};
use crate::money::{Money, sum};
use crate::policy::{Cut, Denominator, Policies, Remainder, RoundingStage, Side, TimeUnit};
use crate::share::Rounding;
use crate::tax::{self, TaxRounding};

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    match case.family {
        "coupon_sequence" => coupons(case).map(Answer::from),
        "tax_on_net" | "tax_rounding" => taxed(case).map(Answer::from),
        "customer_balance" | "prepaid_wallet" => balance(case).map(Answer::from),
        "credit_cap_paid" => capped(case),
        "credit_note_rounding" => notes(case).map(Answer::from),
        "list_price_clawback" => claw_back(case),
        "withdrawal_fee" => paid_out(case).map(Answer::from),
        _ => Err(case.no_question()),
    }
}

/// Discounts, each on what the ones before it left.
fn coupons(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("stacking", &["sequential"])?;
    case.knows("cap", &["never below zero"])?;
    let currency = case.currency()?;
    let subtotal = case.needs_price("subtotal")?;
    let coupons = case.input.list("coupons")?.ok_or_else(|| case.input.missing("coupons"))?;
    let coupons: Option<Vec<Discount>> = coupons.iter().map(|value| discount_of(value, currency)).collect();
    let coupons = coupons.ok_or_else(|| case.input.not_a("coupons", "discounts that Midcycle has"))?;
    if coupons.len() > 1 && !case.policy.has("stacking") {
        return Err(case.policy.missing("stacking"));
    }
    let taken = in_sequence(subtotal, &coupons, case.rounding()?);
    let total = subtotal - sum(currency, taken.iter().copied());
    Ok(Found::map([("discounts", Found::amounts(taken)), ("total", Found::from(total))]))
}

/// The tax on the sum of lines, and the total.
fn taxed(case: &Case<'_>) -> Result<Found, Unsayable> {
    let of_change =
        ["time_unit", "credit_from", "charge_from", "period_end", "denominator", "line_style", "rounding_stage"];
    case.policy.set_aside(&of_change);
    case.policy.set_aside(&["discount_order", "credit_basis", "anchor_on_interval_change", "settle", "metered"]);
    case.knows("tax_base", &["net_of_lines", "per_line"])?;
    if case.term("tax_base")?.contains("per_line") {
        return taxed_by_line(case);
    }
    let subtotal = match case.input.named(&["amount", "subtotal"]) {
        Some(key) => case.needs_amount(key)?,
        None => sum(case.currency()?, case.amounts(of_lines(case))?),
    };
    let rate = case.tax()?.ok_or_else(|| case.input.missing("tax_percent"))?;
    let rounding = case.rounding()?;
    let tax = rate.on(subtotal, rounding);
    if !case.policy.has("tax_base") && !case.input.has("amount") && !case.input.has("subtotal") {
        let by_line = case.amounts(of_lines(case))?.into_iter().map(|line| rate.on(line, rounding));
        if sum(tax.currency, by_line) != tax {
            return Err(case.policy.missing("tax_base"));
        }
    }
    Ok(Found::map([
        ("subtotal", Found::from(subtotal)),
        ("tax", Found::from(tax)),
        ("total", Found::from(subtotal + tax)),
    ]))
}

/// Under which name the lines of a document stand.
fn of_lines(case: &Case<'_>) -> &'static str {
    case.input.named(&["lines", "fees"]).unwrap_or("lines")
}

/// The tax of every line, rounded by itself.
fn taxed_by_line(case: &Case<'_>) -> Result<Found, Unsayable> {
    let (lines, rounding) = (case.amounts(of_lines(case))?, case.rounding()?);
    let nothing = Money::zero(case.currency()?);
    if lines.iter().any(|line| line.is_negative()) {
        return Err(case.input.not_a("lines", "what an invoice charges; a credit bears the tax it was charged with"));
    }
    let rate = case.tax()?.ok_or_else(|| case.input.missing("tax_percent"))?;
    let taxes = tax::on_charges(Some(&rate), lines.iter().copied(), nothing, nothing, TaxRounding::Line, rounding);
    let (subtotal, tax) = (sum(nothing.currency, lines.iter().copied()), sum(nothing.currency, taxes));
    Ok(Found::map([
        ("subtotal", Found::from(subtotal)),
        ("tax", Found::from(tax)),
        ("total", Found::from(subtotal + tax)),
    ]))
}

/// An invoice over fees, and a credit note over each of them: every fee gives its own tax back, so all of them give back
/// the invoice. Where each note's total is rounded and the last takes the rest, that must come to the same.
fn notes(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("last_note", &["takes the remainder"])?;
    let (fees, rounding) = (case.amounts("fees")?, case.rounding()?);
    let (Some(last), true) = (fees.last(), fees.iter().all(|fee| !fee.is_negative())) else {
        return Err(case.input.not_a("fees", "what an invoice charges"));
    };
    let nothing = Money::zero(last.currency);
    let rate = case.tax()?.ok_or_else(|| case.input.missing("tax_percent"))?;
    let taxes = tax::on_charges(Some(&rate), fees.iter().copied(), nothing, nothing, TaxRounding::Document, rounding);
    let taxes: Vec<Money> = taxes.collect();
    let tax = sum(last.currency, taxes.iter().copied());
    let notes: Vec<Money> = fees.iter().zip(taxes).map(|(fee, tax)| *fee + tax).collect();
    let total = sum(last.currency, notes.iter().copied());
    let is_rounded = |(fee, note): (&Money, &Money)| *fee + rate.on(*fee, rounding) == *note;
    if fees.iter().zip(&notes).take(fees.len() - 1).all(is_rounded) {
        Ok(Found::map([
            ("tax", Found::from(tax)),
            ("total", Found::from(total)),
            ("credit_notes", Found::amounts(notes)),
        ]))
    } else {
        Err(Unsayable(
            "a credit note gives back the tax that its line bore; here the rounded total is another".to_owned(),
        ))
    }
}

/// What the balance pays of a total; a total in the customer's favour goes there.
fn balance(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("negative_order", &["credited to balance"])?;
    case.knows("debt_carried", &["true", "false"])?;
    case.knows("order", &["wallet after coupons and credit notes, tax included"])?;
    let nothing = Money::zero(case.currency()?);
    let total = match case.amount("order_total")? {
        Some(total) => total,
        None => case.needs_amount("fees")? + case.amount("tax")?.unwrap_or(nothing),
    };
    let key = case.input.named(&["balance_before", "wallet_before"]).unwrap_or("balance_before");
    let before = case.needs_amount(key)?;
    if before.is_negative() {
        return Err(Unsayable(
            "a balance is never below nothing: debt stands on invoices, and is paid there".to_owned(),
        ));
    }
    let used = total.or_zero().min(before);
    let after = Found::from(before - used + (-total).or_zero());
    Ok(Found::map([
        // Written as what it adds to the total: what the balance pays takes from it.
        ("applied", Found::from(-used)),
        ("prepaid_used", Found::from(used)),
        ("due", Found::from(total.or_zero() - used)),
        ("total_due", Found::from(total.or_zero() - used)),
        ("balance_after", after.clone()),
        ("wallet_after", after),
    ]))
}

/// A credit, never above what is left of what was paid.
fn capped(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.knows("credit_cap", &["paid − earlier credits", "paid - earlier credits"])?;
    let potential = case.needs_price("potential")?;
    let left = case.needs_price("paid")? - sum(potential.currency, case.amounts("prior_credits")?);
    let derivation = Derivation { cap: left.or_zero(), ..whole(potential, case.rounding()?) };
    let credit = Found::from(derivation.replay());
    Ok(Answer { fields: Found::map([("credit", credit)]), derivations: vec![derivation] })
}

/// What is given back of a discounted price where the used part is kept at the list price.
fn claw_back(case: &Case<'_>) -> Result<Answer, Unsayable> {
    let of_change = ["time_unit", "day_tz", "credit_from", "charge_from", "period_end", "denominator", "line_style"];
    case.policy.set_aside(&of_change);
    case.policy.set_aside(&["settle", "withdrawal_fee_percent"]);
    let paid = case.needs_price("paid")?;
    let used_at = match case.term("discount_clawback")?.as_str() {
        words if words.contains("months at monthly price") => {
            let used = case.input.needs_count("months_used")?;
            UsedAt { price: case.needs_price("monthly_price")?, used, whole: 1, unit: TimeUnit::Month }
        }
        words if words.is_empty() || words.contains("used part at list price") => {
            let used = used_share(case)?;
            UsedAt { price: case.needs_price("list_price")?, used: used.part, whole: used.whole, unit: TimeUnit::Day }
        }
        _ => return Err(case.policy.not_a("discount_clawback", "a way in which Midcycle keeps what was used")),
    };
    let price = used_at.price;
    let derivation =
        Derivation { used_at: Some(Box::new(used_at)), list: Some(price), ..whole(paid, case.rounding()?) };
    let refund = Found::from(derivation.replay());
    Ok(Answer { fields: Found::map([("refund", refund)]), derivations: vec![derivation] })
}

/// The part of a price that was used: as a ratio, or as days or months of all.
fn used_share(case: &Case<'_>) -> Result<Ratio, Unsayable> {
    let input = &case.input;
    let (key, used) = match [("days_used", "days_total"), ("months_used", "months_total")]
        .into_iter()
        .find(|(key, _)| input.has(key))
    {
        Some((key, whole)) => {
            (key, Some(Ratio { part: input.needs_integer(key)?, whole: input.needs_integer(whole)? }))
        }
        None => ("used_share", input.ratio("used_share")?),
    };
    let used = used.ok_or_else(|| input.missing(key))?;
    if used.whole > 0 && (0..=used.whole).contains(&used.part) { Ok(used) } else { Err(input.not_a(key, "a part")) }
}

/// All of an amount that was billed.
fn whole(line: Money, rounding: Rounding) -> Derivation {
    let policy = Policies::presets().iter().next().expect("presets ship").reference.clone();
    Derivation {
        policy,
        basis: Basis::Billed,
        line,
        list: None,
        list_discount: None,
        unit: TimeUnit::Day,
        from: 0,
        until: 1,
        whole: 1,
        denominator: Denominator::Period,
        side: Side::Prorated,
        stage: RoundingStage::Line,
        remainder: Remainder::Rounded,
        rounding,
        carry: None,
        discount: None,
        net_of: None,
        used_at: None,
        of_value: None,
        unused: None,
        cap: line,
        cut: Cut::ChangeDay,
    }
}

/// Balance as cash, less the fee on it.
fn paid_out(case: &Case<'_>) -> Result<Found, Unsayable> {
    let of_change = ["time_unit", "day_tz", "credit_from", "charge_from", "period_end", "denominator", "line_style"];
    case.policy.set_aside(&of_change);
    case.policy.set_aside(&["settle", "discount_clawback"]);
    let balance = case.needs_price("balance")?;
    let stated = case.input.get("fee_percent").or_else(|| case.policy.get("withdrawal_fee_percent"));
    case.policy.get("withdrawal_fee_percent");
    let percent = stated.ok_or_else(|| case.input.missing("fee_percent"))?;
    let percent = Some(percent).and_then(|value: &Value| percent_of(value));
    let percent = percent.ok_or_else(|| case.input.not_a("fee_percent", "a percentage"))?;
    let fee = percent.of(balance, case.rounding()?);
    Ok(Found::map([("fee", Found::from(fee)), ("paid_out", Found::from(balance - fee))]))
}
