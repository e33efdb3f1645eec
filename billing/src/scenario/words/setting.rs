//! The settings of a story that make its catalogue: plans, options, policy, restart, who may change. The n-th plan
//! gives n units of size, an option adds to a resource of its own name.

use std::sync::Arc;

use super::phrase::Phrase;
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{
    Billed, Catalogue, Choice, ChoiceKind, Credits, Meter, Plan, Price, Product, Restart, Size, Tier, TierMode, Tiers,
};
use crate::discount::Discount;
use crate::money::{Currency, Money};
use crate::name::Name;
use crate::percent::Percent;
use crate::tax::TaxRate;

/// A storefront with one product that sells nothing yet.
pub(super) fn empty_catalogue() -> Catalogue {
    Catalogue {
        storefront: "story".to_owned(),
        version: 1,
        brand: "Story".to_owned(),
        accent: "#335577".to_owned(),
        support_email: "support@story.example".to_owned(),
        language: "en".to_owned(),
        zone: Zone::utc(),
        currency: Currency::parse("EUR").expect("a listed currency"),
        bank_account: "DE00 0000 0000 0000 0000 00".to_owned(),
        tax: None,
        policies: Vec::new(),
        products: vec![Product {
            code: "server".to_owned(),
            name: "Server".to_owned(),
            policy: "vps".to_owned(),
            module: "story".to_owned(),
            restart: None,
            customers_may_change: true,
            plans: Vec::new(),
            options: Vec::new(),
            meters: Vec::new(),
        }],
    }
}

/// Makes one setting, or one published change of it.
pub(super) fn change_catalogue(catalogue: &mut Catalogue, verb: &str, rest: &str) -> Result<(), String> {
    let product = &mut catalogue.products[0];
    match verb {
        "policy" => rest.clone_into(&mut product.policy),
        "restart" => {
            let seconds = rest.parse().map_err(|_| format!("{rest:?} is not a number of seconds"))?;
            product.restart = Some(Restart { seconds });
        }
        "changes" => {
            product.customers_may_change = match rest {
                "by staff" => false,
                "by customers" => true,
                _ => return Err(format!("changes are made by staff or by customers, not {rest:?}")),
            }
        }
        "tax" => catalogue.tax = Some(tax(rest)?.into()),
        "plan" => plan(product, rest)?,
        "option" => option(product, rest)?,
        "meter" => meter(product, rest)?,
        _ => return Err(format!("{verb:?} is no setting of a story")),
    }
    Ok(())
}

/// `19% VAT`, `19% VAT included`.
fn tax(rest: &str) -> Result<TaxRate, String> {
    let mut phrase = Phrase::of(rest);
    let percent = percent(phrase.word("how much tax?")?)?.ok_or("a tax is written like 19%")?;
    let name = phrase.word("which tax?")?.to_owned();
    let included = phrase.take("included");
    phrase.end()?;
    Ok(TaxRate { name, percent, included })
}

/// `19%`; none where it is no percentage at all.
fn percent(word: &str) -> Result<Option<Percent>, String> {
    word.strip_suffix('%').map(Percent::parse).transpose().map_err(|error| error.to_string())
}

/// `s 10.00 EUR monthly, 100.00 EUR yearly less 10%, 100.00 EUR yearly, billed in arrears, gives 40 hours, trial 14 days,
/// only to m l, retired`.
fn plan(product: &mut Product, rest: &str) -> Result<(), String> {
    let (code, rest) = rest.split_once(char::is_whitespace).ok_or("a plan needs a code and a price")?;
    let mut plan = Plan {
        code: code.into(),
        name: code.to_uppercase().into(),
        size: Size::default(),
        prices: Vec::new(),
        billed: Billed::Advance,
        features: Vec::new(),
        credits: None,
        trial_days: None,
        change_to: None,
        retired: false,
    };
    for part in rest.split(',') {
        let mut phrase = Phrase::of(part);
        if phrase.take("retired") {
            plan.retired = true;
        } else if phrase.take("only") {
            phrase.expect("to")?;
            plan.change_to = Some(codes(&mut phrase)?);
        } else if phrase.take("trial") {
            plan.trial_days = Some(phrase.number("how many days?")?);
            phrase.expect("days")?;
        } else if phrase.take("billed") {
            phrase.expect("in")?;
            let when = phrase.word("billed in advance or in arrears?")?;
            plan.billed = Billed::parse(when).ok_or("a plan is billed in advance or in arrears")?;
        } else if phrase.take("gives") {
            let amount = phrase.number("gives how many?")?;
            plan.credits = Some(Credits { unit: phrase.word("gives what?")?.to_owned(), amount });
        } else {
            plan.prices.push(price(&mut phrase)?);
        }
        phrase.end()?;
    }
    let place = product.plans.iter().position(|known| known.code == code).unwrap_or(product.plans.len());
    plan.size.insert("units".into(), i64::try_from(place + 1).expect("a story of few plans"));
    if place == product.plans.len() {
        product.plans.push(plan);
    } else {
        product.plans[place] = plan;
    }
    Ok(())
}

/// `memory 2.00 EUR monthly, 3.00 EUR monthly on l, at least 2, at least 4 on l, up to 16, only on m l`;
/// `seat 4.00 EUR monthly, by the seat`; `backups 5.00 EUR monthly, yes or no`; `ram16 8.00 EUR monthly, one of ram`.
fn option(product: &mut Product, rest: &str) -> Result<(), String> {
    let (code, rest) = rest.split_once(char::is_whitespace).ok_or("an option needs a code and a price")?;
    let mut choice = Choice {
        code: code.into(),
        name: format!("Extra {code}").into(),
        kind: ChoiceKind::Quantity,
        group: None,
        unit: "unit".to_owned(),
        min: 0,
        min_on: Default::default(),
        max: 100,
        plans: None,
        resource: code.into(),
        per_unit: 1,
        prices: Vec::new(),
    };
    for part in rest.split(',') {
        part_of_option(&mut choice, &mut Phrase::of(part))?;
    }
    if choice.kind == ChoiceKind::YesNo {
        (choice.unit, choice.max) = (String::new(), 1);
    }
    let place = product.options.iter().position(|known| known.code == choice.code).unwrap_or(product.options.len());
    product.options.splice(place..product.options.len().min(place + 1), [choice]);
    Ok(())
}

fn part_of_option(choice: &mut Choice, phrase: &mut Phrase<'_>) -> Result<(), String> {
    if phrase.take("up") {
        phrase.expect("to")?;
        choice.max = phrase.number("up to how many?")?;
    } else if phrase.take("at") {
        phrase.expect("least")?;
        let min = phrase.number("at least how many?")?;
        if phrase.take("on") {
            choice.min_on.insert(phrase.word("on which plan?")?.into(), min);
        } else {
            choice.min = min;
        }
    } else if phrase.take("only") {
        phrase.expect("on")?;
        choice.plans = Some(codes(phrase)?);
    } else if phrase.take("by") {
        phrase.expect("the")?;
        phrase.expect("seat")?;
        (choice.kind, choice.unit) = (ChoiceKind::Seat, "seat".to_owned());
    } else if phrase.take("yes") {
        phrase.expect("or")?;
        phrase.expect("no")?;
        choice.kind = ChoiceKind::YesNo;
    } else if phrase.take("one") {
        phrase.expect("of")?;
        (choice.kind, choice.group) = (ChoiceKind::YesNo, Some(phrase.word("one of what?")?.to_owned()));
    } else {
        let price = price(phrase)?;
        let on = if phrase.take("on") { Some(phrase.word("on which plan?")?.into()) } else { None };
        choice.prices.push(Price { plan: on, ..price });
    }
    phrase.end()
}

/// `gb 0.02 EUR monthly, graduated 0.00 to 1000 then 0.05 EUR monthly on m, per 100`.
fn meter(product: &mut Product, rest: &str) -> Result<(), String> {
    let (code, rest) = rest.split_once(char::is_whitespace).ok_or("a meter needs a code and a price")?;
    let name = format!("Metered {code}").into();
    let mut meter = Meter { code: code.into(), name, unit: code.into(), per: 1, prices: Vec::new() };
    for part in rest.split(',') {
        let mut phrase = Phrase::of(part);
        if phrase.take("per") {
            meter.per = phrase.number("per how many?")?;
        } else {
            let price = price(&mut phrase)?;
            let on = if phrase.take("on") { Some(phrase.word("on which plan?")?.into()) } else { None };
            meter.prices.push(Price { plan: on, ..price });
        }
        phrase.end()?;
    }
    let place = product.meters.iter().position(|known| known.code == meter.code).unwrap_or(product.meters.len());
    product.meters.splice(place..product.meters.len().min(place + 1), [meter]);
    Ok(())
}

/// The words that are left, as codes of plans.
fn codes(phrase: &mut Phrase<'_>) -> Result<Vec<Name>, String> {
    let mut codes = Vec::new();
    while phrase.peek().is_some() {
        codes.push(phrase.word("which plan?")?.into());
    }
    Ok(codes)
}

/// `1000.00 USD yearly`, `1000.00 USD yearly less 10%`, `10.00 EUR monthly setup 15.00`, `19.00 EUR monthly in trial
/// 1.00`, `graduated 0.00 to 3 then 4.00 USD monthly`, `volume 9.00 to 5 then 8.00 plus 2.00 USD monthly`.
fn price(phrase: &mut Phrase<'_>) -> Result<Price, String> {
    let mode = if phrase.take("graduated") {
        Some(TierMode::Graduated)
    } else {
        phrase.take("volume").then_some(TierMode::Volume)
    };
    let mut written = vec![tier(phrase)?];
    while mode.is_some() && phrase.take("then") {
        written.push(tier(phrase)?);
    }
    let currency = phrase.word("in which currency?")?;
    let currency = Currency::parse(currency).map_err(|error| error.to_string())?;
    let money = |text: &str| Money::parse(text, currency).map_err(|error| error.to_string());
    let read = |tier: &WrittenTier<'_>| {
        Ok(Tier { up_to: tier.up_to, amount: money(tier.amount)?, flat: money(tier.flat.unwrap_or("0"))? })
    };
    let (tiers, amount) = match mode {
        Some(mode) => {
            let tiers = Tiers::of(mode, written.iter().map(read).collect::<Result<_, String>>()?)?;
            let amount = tiers.list(1);
            (Some(Arc::new(tiers)), amount)
        }
        None => (None, money(written[0].amount)?),
    };
    let cycle: Cycle = phrase.cycle()?.ok_or("monthly or yearly?")?;
    let discount = if phrase.take("less") {
        let off = phrase.word("less how much?")?;
        Some(match percent(off)? {
            Some(percent) => Discount::Percent(percent),
            None => Discount::Amount(money(off)?),
        })
    } else {
        None
    };
    let setup = if phrase.take("setup") { Some(money(phrase.word("how much once?")?)?) } else { None };
    let trial_price = if phrase.take("in") {
        phrase.expect("trial")?;
        Some(money(phrase.word("how much in trial?")?)?)
    } else {
        None
    };
    Ok(Price { cycle, amount, tiers, discount, setup, trial_price, plan: None })
}

/// A tier before its currency is known.
struct WrittenTier<'a> {
    amount: &'a str,
    flat: Option<&'a str>,
    up_to: Option<u32>,
}

/// `4.00`, `4.00 plus 2.00 to 5`.
fn tier<'a>(phrase: &mut Phrase<'a>) -> Result<WrittenTier<'a>, String> {
    let amount = phrase.word("at which price?")?;
    let flat = if phrase.take("plus") { Some(phrase.word("plus how much?")?) } else { None };
    let up_to = if phrase.take("to") { Some(phrase.number("to how many?")?) } else { None };
    Ok(WrittenTier { amount, flat, up_to })
}
