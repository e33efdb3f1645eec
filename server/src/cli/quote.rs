//! `midcycle quote FILE`: prices a change described in JSON, offline, with the explanation. It runs the very commands a
//! server runs, on an account in memory: nothing here computes an amount.

use std::fmt::Write as _;

use billing::account::Account;
use billing::calendar::{Cycle, Span, Zone};
use billing::catalogue::{Basket, Catalogue, Plan, Price, Product, Size};
use billing::command::{Actor, Answer, Asker, Command, Envelope, PaymentChoice};
use billing::decide::{Facts, decide, quote_plan_change};
use billing::explain::Language;
use billing::id::{AccountId, CommandId, DocumentId};
use billing::laws;
use billing::money::{Currency, Money};
use billing::policy::Policies;
use billing::quote::{PlanChangeRequest, Quote, Settlement};
use billing::refusal::Refusal;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// What a file says: one plan at one price, and the one to move to.
///
/// ```json
/// {
///   "policy": "vps", "currency": "EUR", "zone": "Europe/Berlin", "cycle": "month",
///   "from": { "name": "Small", "price": "20.00" },
///   "to": { "name": "Large", "price": "50.00" },
///   "period_start": "2027-01-01", "change_at": "2027-01-20T14:00:00Z"
/// }
/// ```
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    /// The policy's name; `midcycle quote --policies` lists them.
    policy: String,
    /// The currency of every amount in the file.
    currency: Currency,
    /// The customer's zone; UTC where missing.
    #[serde(default = "Zone::utc")]
    zone: Zone,
    /// How often the old plan is billed; `month` where missing.
    #[serde(default = "month")]
    cycle: Cycle,
    /// The plan the customer has.
    from: DescribedPlan,
    /// The plan to move to.
    to: DescribedPlan,
    /// The local day the paid period began.
    period_start: Date,
    /// When the change is asked for: an instant (`…Z`), or a local date and time.
    change_at: String,
    /// Was the period paid? Yes, where missing.
    #[serde(default = "yes")]
    paid: bool,
    /// What is on the balance; nothing where missing.
    #[serde(default)]
    balance: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DescribedPlan {
    name: String,
    price: String,
    /// How often it is billed; as the old plan where missing.
    #[serde(default)]
    cycle: Option<Cycle>,
}

fn month() -> Cycle {
    Cycle::MONTH
}

fn yes() -> bool {
    true
}

/// Why a described change could not be priced.
#[derive(Debug, thiserror::Error)]
pub enum OfflineError {
    /// The text is not such a description.
    #[error("the description cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An amount or date in it.
    #[error("{field}: {why}")]
    Field {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The change cannot be had.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A bug.
    #[error("{0}")]
    Law(#[from] laws::BrokenLaw),
}

/// Prices a change described in JSON.
pub fn quote_described(text: &str) -> Result<(Quote, Zone), OfflineError> {
    let described: Described = serde_json::from_str(text)?;
    let policies = Policies::presets();
    let catalogue = catalogue(&described)?;
    let facts = Facts { catalogue: &catalogue, policies: &policies };
    let at = change_at(&described)?;
    let mut book = Book { facts, account: None, commands: 0, now: at };
    book.run(Command::OpenAccount {
        storefront: "offline".to_owned(),
        name: "offline".to_owned(),
        email: "offline@example.org".to_owned(),
        zone: described.zone.clone(),
        currency: described.currency,
    })?;
    book.now = described.zone.midnight(described.period_start);
    let started = book.run(Command::StartSubscription {
        product: "product".to_owned(),
        basket: basket("from", described.cycle),
        label: "service".to_owned(),
        starts: Some(described.period_start.to_datetime(jiff::civil::Time::midnight())),
        pays_by: PaymentChoice::BankTransfer,
    })?;
    let Answer::SubscriptionStarted { subscription, invoice, .. } = started else {
        unreachable!("a start is answered by a subscription");
    };
    if described.paid {
        book.pay(invoice)?;
    }
    if let Some(balance) = &described.balance {
        let amount = amount("balance", balance, described.currency)?;
        if amount.is_positive() {
            book.run(Command::GrantGoodwill { amount, reason: "balance before".to_owned() })?;
        }
    }
    let cycle = described.to.cycle.unwrap_or(described.cycle);
    let request =
        PlanChangeRequest { subscription, basket: basket("to", cycle), asked_by: Asker::Staff, when: None, on: None };
    let quote = quote_plan_change(facts, book.account()?, &request, at)?;
    Ok((quote, described.zone))
}

/// The names of the policies, each with its sentence.
pub fn list_policies() -> String {
    let policies = Policies::presets();
    let lines = policies.iter().map(|policy| format!("{:<16} {}", policy.reference().to_string(), policy.summary));
    lines.collect::<Vec<_>>().join("\n")
}

/// A quote in words, line by line, with the derivation of each amount.
pub fn in_words(quote: &Quote, zone: &Zone) -> String {
    let mut text = String::new();
    // Spans are half-open; people read the last day that belongs to them.
    let last = |span: Span| zone.date(span.until.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(span.until));
    let days = |span: Span| format!("{} – {}", zone.date(span.from), last(span));
    let mut line = |line: String| {
        let _ = writeln!(text, "{line}");
    };
    line(format!(
        "{} from {} to {}, policy {}",
        quote.direction.word(),
        quote.plan_before,
        quote.plan_after,
        quote.policy
    ));
    for credit in &quote.credits {
        line(format!("  {:<24} {:<24} {:>14}", credit.text, days(credit.span), (-credit.amount).to_string()));
        line(format!("      {}", credit.derivation.sentence(Language::English)));
    }
    for charge in &quote.charges {
        line(format!("  {:<24} {:<24} {:>14}", charge.text, days(charge.span), charge.amount.to_string()));
        line(format!("      {}", charge.derivation.sentence(Language::English)));
    }
    line(format!("  credit {}   charge {}   net {}", quote.credit, quote.charge, quote.net));
    if !quote.debt_released.is_zero() {
        line(format!("  {} was never paid and is taken off the unpaid invoice", quote.debt_released));
    }
    line(format!(
        "  from the balance {}   due {}   to the balance {}",
        quote.from_balance, quote.due, quote.to_balance
    ));
    if quote.settlement == Settlement::NextInvoice {
        line(format!("  settled with the next invoice: {}", quote.total));
    }
    line(format!("  next invoice {} on {}", quote.next_period(), quote.next_invoice_on));
    text
}

fn amount(field: &'static str, text: &str, currency: Currency) -> Result<Money, OfflineError> {
    Money::parse(text, currency).map_err(|error| OfflineError::Field { field, why: error.to_string() })
}

fn change_at(described: &Described) -> Result<Timestamp, OfflineError> {
    let text = &described.change_at;
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let local = text.parse::<DateTime>().map_err(|_| OfflineError::Field {
        field: "change_at",
        why: format!("{text:?} is not a date and time; write it like 2027-01-20T14:00:00Z"),
    })?;
    Ok(described.zone.instant(local))
}

fn basket(plan: &str, cycle: Cycle) -> Basket {
    Basket { plan: plan.into(), cycle, options: Default::default() }
}

fn catalogue(described: &Described) -> Result<Catalogue, OfflineError> {
    let plan = |code: &str, field, plan: &DescribedPlan, size: i64| -> Result<Plan, OfflineError> {
        let cycle = plan.cycle.unwrap_or(described.cycle);
        let amount = amount(field, &plan.price, described.currency)?;
        let price = Price { cycle, amount, tiers: None, discount: None, setup: None, trial_price: None, plan: None };
        let size = Size::from_iter([("size".into(), size)]);
        Ok(Plan {
            code: code.into(),
            name: plan.name.clone().into(),
            size,
            prices: vec![price],
            features: Vec::new(),
            credits: None,
            trial_days: None,
            billed: Default::default(),
            change_to: None,
            retired: false,
        })
    };
    let (from, to) = (plan("from", "from.price", &described.from, 1)?, plan("to", "to.price", &described.to, 2)?);
    // Without a catalogue the order of the two prices says which plan is the larger one.
    let price_of = |plan: &Plan| plan.prices.first().map(|price| price.amount.minor);
    let plans = if price_of(&from) <= price_of(&to) { vec![from, to] } else { vec![to, from] };
    Ok(Catalogue {
        storefront: "offline".to_owned(),
        version: 1,
        brand: "offline".to_owned(),
        accent: "indigo".to_owned(),
        support_email: "offline@example.org".to_owned(),
        language: "en".to_owned(),
        zone: described.zone.clone(),
        currency: described.currency,
        bank_account: String::new(),
        tax: None,
        policies: Vec::new(),
        products: vec![Product {
            code: "product".to_owned(),
            name: "product".to_owned(),
            policy: described.policy.clone(),
            module: "none".to_owned(),
            restart: None,
            customers_may_change: true,
            plans,
            options: Vec::new(),
            meters: Vec::new(),
        }],
    })
}

/// An account in memory, and the commands run on it.
struct Book<'a> {
    facts: Facts<'a>,
    account: Option<Account>,
    commands: u128,
    now: Timestamp,
}

impl Book<'_> {
    fn run(&mut self, command: Command) -> Result<Answer, OfflineError> {
        self.commands += 1;
        let envelope = Envelope {
            id: CommandId::from_seed(uuid::Uuid::from_u128(self.commands << 16)),
            account: AccountId::from_uuid(uuid::Uuid::from_u128(1)),
            now: self.now,
            actor: Actor::System,
            key: None,
            command,
        };
        let decision = decide(self.facts, self.account.as_ref(), &envelope)?;
        laws::check(self.account.as_ref(), &decision)?;
        self.account = Some(decision.account);
        Ok(decision.answer)
    }

    fn pay(&mut self, invoice: Option<DocumentId>) -> Result<(), OfflineError> {
        let open = invoice.and_then(|id| self.account.as_ref()?.invoice(id).map(|invoice| invoice.open_amount()));
        if let Some(amount) = open.filter(|amount| amount.is_positive()) {
            self.run(Command::ReceiveTransfer { invoice, amount, reference: "paid".to_owned() })?;
        }
        Ok(())
    }

    fn account(&self) -> Result<&Account, OfflineError> {
        Ok(self.account.as_ref().ok_or(Refusal::UnknownAccount(AccountId::from_uuid(uuid::Uuid::from_u128(1))))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(policy: &str) -> String {
        let quote = quote_described(&format!(
            r#"{{ "policy": "{policy}", "currency": "EUR",
                 "from": {{ "name": "Small", "price": "20.00" }}, "to": {{ "name": "Large", "price": "50.00" }},
                 "period_start": "2027-01-01", "change_at": "2027-01-20T14:00:00Z" }}"#
        ));
        quote.expect("a change that can be priced").0.due.decimal()
    }

    #[test]
    fn one_change_costs_five_prices_under_five_policies() {
        assert_eq!(due("day-to-old"), "10.64");
        assert_eq!(due("stripe-seconds"), "11.04");
        assert_eq!(due("vps"), "11.61");
        assert_eq!(due("paymenter-30"), "12.00");
        assert_eq!(due("used-day"), "12.25");
    }

    #[test]
    fn an_unknown_field_is_named() {
        let error = quote_described(r#"{ "polizy": "vps" }"#).expect_err("an unknown field");
        assert!(error.to_string().contains("polizy"), "{error}");
    }
}
