//! Reads one clause of an `expect` line.

use super::phrase::Phrase;
use super::{amount, day, period_end, target};
use crate::calendar::Cycle;
use crate::catalogue::{Basket, Catalogue, Size};
use crate::effect::MailTemplate;
use crate::ledger::LedgerAccount;
use crate::money::Currency;
use crate::policy::When;
use crate::scenario::story::{Expectation, QuoteAmount};

/// The expectation of these words.
pub(super) fn clause(words: &str, currency: Currency, catalogue: &Catalogue) -> Result<Expectation, String> {
    let mut phrase = Phrase::of(words);
    let first = phrase.word("expect what?")?;
    let expectation = read(first, &mut phrase, currency, catalogue)?;
    phrase.end()?;
    Ok(expectation)
}

fn read(
    first: &str,
    phrase: &mut Phrase<'_>,
    currency: Currency,
    catalogue: &Catalogue,
) -> Result<Expectation, String> {
    use QuoteAmount::{Charge, Credit, Debt, Due, FromBalance, Net, Recurring, Tax, ToBalance, Total, Waits};
    let quoted = |which, phrase: &mut Phrase<'_>| Ok(Expectation::Amount(which, amount(phrase, currency)?));
    match first {
        "credit" if phrase.take("note") => Ok(Expectation::Newest("credit_note", amount(phrase, currency)?)),
        "credit" if phrase.take("notes") => count("credit_note", phrase),
        "credit" => quoted(Credit, phrase),
        "credits" if phrase.take("after") => Ok(Expectation::CreditsAfter(Some(phrase.number("how many?")?))),
        "credits" => Ok(Expectation::Credits(Some(phrase.number("how many?")?))),
        "debt" => quoted(Debt, phrase),
        "charge" => quoted(Charge, phrase),
        "net" => quoted(Net, phrase),
        "tax" => quoted(Tax, phrase),
        "total" => quoted(Total, phrase),
        "due" => quoted(Due, phrase),
        "from" => phrase.expect("balance").and_then(|()| quoted(FromBalance, phrase)),
        "to" => phrase.expect("balance").and_then(|()| quoted(ToBalance, phrase)),
        "recurring" => quoted(Recurring, phrase),
        "upgrade" | "downgrade" | "change" if phrase.peek().is_none() => Ok(Expectation::Direction(first.to_owned())),
        "next" => phrase.expect("invoice").and_then(|()| Ok(Expectation::NextInvoice(day(phrase)?))),
        "restarts" => Ok(Expectation::Restarts(true)),
        "refused" => {
            let code = phrase.word("refused with which code?")?.to_owned();
            let because = if phrase.take("by") { Some(phrase.word("by what?")?.to_owned()) } else { None };
            Ok(Expectation::Refused(code, because))
        }
        "nothing" => Ok(Expectation::Nothing),
        "no" => match phrase.word("no what?")? {
            "restart" => Ok(Expectation::Restarts(false)),
            "mail" => Ok(Expectation::NoMail),
            "meter" => Ok(Expectation::Used(phrase.word("which meter?")?.into(), None)),
            "trial" => Ok(Expectation::Trial(None)),
            "change" => Ok(Expectation::Change(None)),
            "credits" if phrase.take("after") => Ok(Expectation::CreditsAfter(None)),
            "credits" => Ok(Expectation::Credits(None)),
            "open" => phrase.expect("invoice").map(|()| Expectation::NoOpenInvoice),
            "package" => phrase.expect("waits").map(|()| Expectation::Package(None)),
            other => Err(format!("no {other}?")),
        },
        "invoice" => {
            let state = one_of(phrase, &["open", "paid", "void"])?;
            Ok(Expectation::Invoice(state, amount(phrase, currency)?))
        }
        "payout" => Ok(Expectation::Newest("payout", amount(phrase, currency)?)),
        "receipt" => Ok(Expectation::Newest("receipt", amount(phrase, currency)?)),
        "documents" => Ok(Expectation::Count(None, phrase.number("how many?")?)),
        "invoices" => count("invoice", phrase),
        "payouts" => count("payout", phrase),
        "receipts" => count("receipt", phrase),
        "balance" => Ok(Expectation::Balance(amount(phrase, currency)?)),
        "reserved" => Ok(Expectation::Reserved(amount(phrase, currency)?)),
        "on" | "still" => Ok(Expectation::On(phrase.word("on which plan?")?.into())),
        "monthly" => Ok(Expectation::Cycle(Cycle::MONTH)),
        "yearly" => Ok(Expectation::Cycle(Cycle::YEAR)),
        "used" => {
            let units = phrase.number("how many?")?;
            Ok(Expectation::Used(phrase.word("of which meter?")?.into(), Some(units)))
        }
        "with" => {
            let option = phrase.word("with which option?")?.to_owned();
            Ok(Expectation::Option(option, phrase.number("how much of it?")?))
        }
        "waits" if phrase.take("after") => quoted(Waits, phrase),
        "waits" => Ok(Expectation::Waits(amount(phrase, currency)?)),
        "costs" => Ok(Expectation::Costs(amount(phrase, currency)?)),
        "wanted" => wanted(phrase, catalogue),
        "package" => {
            let size = size(phrase, catalogue)?;
            phrase.expect("waits").map(|()| Expectation::Package(Some(size)))
        }
        "observed" => phrase.expect("generation").and_then(|()| Ok(Expectation::Observed(phrase.number("which?")?))),
        "service" => Ok(Expectation::Service(one_of(phrase, &["wanted", "working", "done", "failed"])?)),
        "access" => Ok(Expectation::Access(one_of(phrase, &["full", "restricted", "ended"])?)),
        "payments" => Ok(Expectation::Payments(phrase.number("how many?")?)),
        "mail" => mail(phrase),
        "payment" => Ok(Expectation::Payment(one_of(phrase, &["sent", "unknown", "failed", "captured"])?)),
        "change" => Ok(Expectation::Change(Some(one_of(phrase, &CHANGE_STATES)?))),
        "covers" => {
            let code = phrase.word("covers what?")?.to_owned();
            let (from, until, net) = (day(phrase)?, day(phrase)?, amount(phrase, currency)?);
            let tax = if phrase.take("tax") { Some(amount(phrase, currency)?) } else { None };
            Ok(Expectation::Covers { code: code.into(), from, until, net, tax, paid: !phrase.take("unpaid") })
        }
        "made" => match phrase.word("made when?")? {
            "now" => Ok(Expectation::When(When::Now)),
            "at" if phrase.take("once") => Ok(Expectation::MadeAtOnce),
            "at" => period_end(phrase).map(|()| Expectation::When(When::PeriodEnd)),
            "on" => Ok(Expectation::MadeOn(day(phrase)?)),
            other => Err(format!("a change is made now, at once, on a day or at period end, not {other:?}")),
        },
        "booked" => {
            let name = phrase.word("booked on which ledger account?")?;
            let account = LedgerAccount::parse(name).ok_or_else(|| format!("there is no ledger account {name:?}"))?;
            Ok(Expectation::Booked(account, amount(phrase, currency)?))
        }
        "trial" => phrase.expect("until").and_then(|()| Ok(Expectation::Trial(Some(day(phrase)?)))),
        "period" => Ok(Expectation::Period(day(phrase)?, day(phrase)?)),
        _ => Err(format!("{first:?} cannot be expected")),
    }
}

const CHANGE_STATES: [&str; 5] = ["open", "scheduled", "applied", "withdrawn", "lapsed"];

fn count(kind: &'static str, phrase: &mut Phrase<'_>) -> Result<Expectation, String> {
    Ok(Expectation::Count(Some(kind), phrase.number("how many?")?))
}

fn one_of(phrase: &mut Phrase<'_>, words: &[&str]) -> Result<String, String> {
    let word = phrase.word(&format!("one of {words:?}"))?;
    if words.contains(&word) { Ok(word.to_owned()) } else { Err(format!("{word:?} is not one of {words:?}")) }
}

/// `wanted m generation 2`, `wanted m with memory 4 generation 3`.
fn wanted(phrase: &mut Phrase<'_>, catalogue: &Catalogue) -> Result<Expectation, String> {
    let size = size(phrase, catalogue)?;
    phrase.expect("generation")?;
    Ok(Expectation::Wanted(size, phrase.number("which generation?")?))
}

/// The size of `m`, `m with memory 4`.
fn size(phrase: &mut Phrase<'_>, catalogue: &Catalogue) -> Result<Size, String> {
    let target = target(phrase)?;
    let plan = target.plan.ok_or("which plan's size?")?;
    let basket = Basket { plan, cycle: Cycle::MONTH, options: target.options };
    catalogue.products[0].size(&basket).ok_or_else(|| format!("there is no plan {:?}", basket.plan))
}

/// `mail plan_changed`, `mail plan_changed twice`.
fn mail(phrase: &mut Phrase<'_>) -> Result<Expectation, String> {
    let template = phrase.word("which mail?")?;
    if !MailTemplate::ALL.iter().any(|known| known.name() == template) {
        return Err(format!("there is no mail {template:?}"));
    }
    Ok(Expectation::Mail(template.to_owned(), if phrase.take("twice") { 2 } else { 1 }))
}
