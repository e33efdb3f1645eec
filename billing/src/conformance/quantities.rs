//! Quantities: what is charged where the units of something go down and up again within one period, asked of `decide`.

use jiff::civil::date;

use super::behaviours::Customer;
use super::found::Found;
use super::{Answer, Case, Unsayable};
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Catalogue};
use crate::money::Money;

/// The units that are had first and those that are wanted after that, one after the other.
pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    case.policy.set_aside(&["policy_id"]);
    let decrease = match case.term("decrease")?.as_str() {
        "no refund" | "no_refund" | "none" => "no_refund",
        "credit" | "credit now" | "credit_now" => "credit",
        _ => return Err(case.policy.not_a("decrease", "what becomes of units that are given up")),
    };
    // Parts of a period need its dates, which nothing here states.
    if case.term("proration")? != "none" {
        return Err(case.policy.not_a("proration", "none: without dates, units are charged whole"));
    }
    if decrease == "no_refund" {
        case.knows("charge_basis", &["highest quantity already paid"])?;
    }
    let price_of_one = case.needs_price("unit_price")?;
    let units = case.input.integers("units")?.ok_or_else(|| case.input.missing("units"))?;
    let units: Option<Vec<u32>> = units.into_iter().map(|count| u32::try_from(count).ok()).collect();
    let units = units.filter(|units| !units.is_empty() && units.iter().all(|count| *count <= MOST));
    let units = units.ok_or_else(|| case.input.not_a("units", "numbers of units"))?;

    let terms = format!("gate = \"none\"\ncredit = \"full\"\ncharge = \"full\"\nquantity_decrease = \"{decrease}\"");
    let start = date(2027, 4, 1).at(0, 0, 0, 0);
    let price = format!("amount = \"{}\"", price_of_one.decimal());
    let catalogue = catalogue(Money::zero(price_of_one.currency), Cycle::MONTH, MOST, &price)?;
    let mut customer = Customer::enter(catalogue, &Zone::utc(), basket(units[0]), &terms, start)?;
    customer.now = Zone::utc().instant(date(2027, 4, 11).at(12, 0, 0, 0));
    let mut charges = Vec::with_capacity(units.len());
    for (before, count) in units.iter().zip(&units[1..]) {
        charges.push(if before == count {
            Money::zero(price_of_one.currency)
        } else {
            customer.change_to(basket(*count))?
        });
    }
    Ok(Answer::from(Found::map([("charges", Found::amounts(charges))])))
}

/// The most units of a question.
const MOST: u32 = 100_000;

fn basket(units: u32) -> Basket {
    let options = [("unit".into(), units)].into_iter().filter(|(_, count)| *count > 0).collect();
    Basket { plan: "plan".into(), cycle: Cycle::MONTH, options }
}

/// A plan at a fixed price, and at most so many units at another, as a catalogue writes it.
pub(super) fn catalogue(fixed: Money, cycle: Cycle, most: u32, price: &str) -> Result<Catalogue, Unsayable> {
    let currency = fixed.currency;
    let text = format!(
        "storefront = \"asked\"\nversion = 1\nbrand = \"Asked\"\naccent = \"ember\"\nsupport_email = \"help@asked.example\"\n\
         language = \"en\"\nzone = \"UTC\"\ncurrency = \"{currency}\"\nbank_account = \"none\"\n[[products]]\n\
         code = \"service\"\nname = \"Service\"\npolicy = \"asked\"\nmodule = \"none\"\ncustomers_may_change = true\n\
         [[products.plans]]\ncode = \"plan\"\nname = \"plan\"\nsize = {{}}\nprices = [{{ cycle = \"{cycle}\", amount = \"{}\", \
         currency = \"{currency}\" }}]\n[[products.options]]\ncode = \"unit\"\nname = \"unit\"\nkind = \"quantity\"\n\
         unit = \"unit\"\nresource = \"units\"\nper_unit = 1\nmax = {most}\nprices = [{{ cycle = \"{cycle}\", {price}, \
         currency = \"{currency}\" }}]\n",
        fixed.decimal()
    );
    Catalogue::from_toml(&text).map_err(|error| Unsayable(error.to_string()))
}
