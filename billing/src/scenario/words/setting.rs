//! The settings of a story that make its catalogue: plans, options, policy, restart, who may change. The n-th plan
//! gives n units of size, an option adds to a resource of its own name.

use super::phrase::Phrase;
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Catalogue, Choice, Plan, Price, Product, Restart, Size};
use crate::money::{Currency, Money};

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
        products: vec![Product {
            code: "server".to_owned(),
            name: "Server".to_owned(),
            policy: "vps".to_owned(),
            module: "story".to_owned(),
            restart: None,
            customers_may_change: true,
            plans: Vec::new(),
            options: Vec::new(),
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
        "plan" => plan(product, rest)?,
        "option" => option(product, rest)?,
        _ => return Err(format!("{verb:?} is no setting of a story")),
    }
    Ok(())
}

/// `s 10.00 EUR monthly, 100.00 EUR yearly, only to m l, retired`.
fn plan(product: &mut Product, rest: &str) -> Result<(), String> {
    let (code, rest) = rest.split_once(char::is_whitespace).ok_or("a plan needs a code and a price")?;
    let mut plan = Plan {
        code: code.to_owned(),
        name: code.to_uppercase(),
        size: Size::new(),
        prices: Vec::new(),
        change_to: None,
        retired: false,
    };
    for part in rest.split(',') {
        let mut phrase = Phrase::of(part);
        if phrase.take("retired") {
            plan.retired = true;
        } else if phrase.take("only") {
            phrase.expect("to")?;
            let mut targets = Vec::new();
            while phrase.peek().is_some() {
                targets.push(phrase.word("to which plan?")?.to_owned());
            }
            plan.change_to = Some(targets);
        } else {
            plan.prices.push(price(&mut phrase)?);
        }
        phrase.end()?;
    }
    let place = product.plans.iter().position(|known| known.code == code).unwrap_or(product.plans.len());
    plan.size.insert("units".to_owned(), i64::try_from(place + 1).expect("a story of few plans"));
    if place == product.plans.len() {
        product.plans.push(plan);
    } else {
        product.plans[place] = plan;
    }
    Ok(())
}

/// `memory 2.00 EUR monthly, 20.00 EUR yearly, up to 16`.
fn option(product: &mut Product, rest: &str) -> Result<(), String> {
    let (code, rest) = rest.split_once(char::is_whitespace).ok_or("an option needs a code and a price")?;
    let (mut prices, mut max) = (Vec::new(), 100);
    for part in rest.split(',') {
        let mut phrase = Phrase::of(part);
        if phrase.take("up") {
            phrase.expect("to")?;
            max = phrase.number("up to how many?")?;
        } else {
            prices.push(price(&mut phrase)?);
        }
        phrase.end()?;
    }
    let (code, name) = (code.to_owned(), format!("Extra {code}"));
    let choice = Choice { resource: code.clone(), code, name, unit: "unit".to_owned(), max, per_unit: 1, prices };
    product.options.retain(|known| known.code != choice.code);
    product.options.push(choice);
    Ok(())
}

fn price(phrase: &mut Phrase<'_>) -> Result<Price, String> {
    let (amount, currency) = (phrase.word("at which price?")?, phrase.word("in which currency?")?);
    let currency = Currency::parse(currency).map_err(|error| error.to_string())?;
    let amount = Money::parse(amount, currency).map_err(|error| error.to_string())?;
    let cycle: Cycle = phrase.cycle()?.ok_or("monthly or yearly?")?;
    Ok(Price { cycle, amount })
}
