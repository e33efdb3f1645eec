//! Answers of the API as values of a story. Each field that a story needs must be there and have its form; anything else
//! is a broken world, never a value that was made up.

use std::fmt::Display;

use billing::calendar::Zone;
use billing::command::PaymentChoice;
use billing::effect::TestCard;
use billing::money::{Currency, Money, sum};
use billing::policy::When;
use billing::scenario::{No, Quoted, SeenDocument, SeenInvoice, SeenPayment, Submitted};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A field, in the form it must have.
pub fn field<T: DeserializeOwned>(of: &Value, name: &str) -> Result<T, No> {
    let value = of.get(name).ok_or_else(|| No::Broken(format!("{name} is missing in {of}")))?;
    T::deserialize(value).map_err(|error| No::Broken(format!("{name} in {of}: {error}")))
}

/// A field with rows.
pub fn rows<'a>(of: &'a Value, name: &str) -> Result<&'a [Value], No> {
    let rows = of.get(name).and_then(Value::as_array).map(Vec::as_slice);
    rows.ok_or_else(|| No::Broken(format!("{name} is no list in {of}")))
}

/// An amount of money.
pub fn money(of: &Value, name: &str) -> Result<Money, No> {
    let amount: Value = field(of, name)?;
    let currency: Currency = field(&amount, "currency")?;
    Ok(Money::new(field(&amount, "minor")?, currency))
}

/// An amount of money, as requests have it.
pub fn amount(money: Money) -> Value {
    json!({ "minor": money.minor, "currency": money.currency })
}

/// The local day of an instant in a field.
pub fn day(of: &Value, name: &str, zone: &Zone) -> Result<Date, No> {
    Ok(zone.date(field::<Timestamp>(of, name)?))
}

/// How something is paid, as requests have it.
pub fn pays_by(choice: PaymentChoice) -> Value {
    match choice {
        PaymentChoice::Card(card) => json!({ "method": "card", "card": self::card(card) }),
        PaymentChoice::BankTransfer => json!({ "method": "bank_transfer" }),
    }
}

/// A card of the sandbox gateway, as requests have it.
pub fn card(card: TestCard) -> &'static str {
    match card {
        TestCard::Pays => "pays",
        TestCard::Declines => "declines",
        TestCard::TimesOutAfterCharging => "times_out_after_charging",
    }
}

/// The quote of a cancellation, and that its lines add up to it.
pub fn cancellation(quote: &Value) -> Result<Quoted, No> {
    let lines = |of: &str, amount: &str| -> Result<Vec<Money>, No> {
        rows(quote, of)?.iter().map(|line| money(line, amount)).collect()
    };
    let net = money(quote, "net")?;
    let charged = [lines("waiting", "amount")?, lines("used", "amount")?].concat();
    let charge = sum(net.currency, charged);
    let when: When = field(quote, "when")?;
    let credit = money(quote, "credit")?;
    if when == When::Now && net != charge - credit {
        return Err(No::Broken(format!("the lines of a cancellation do not add up: {quote}")));
    }
    Ok(Quoted {
        ticket: field(quote, "id")?,
        credit,
        debt_released: money(quote, "debt_released")?,
        charge,
        net,
        tax: money(quote, "tax")?,
        total: money(quote, "total")?,
        from_balance: money(quote, "from_balance")?,
        due: money(quote, "due")?,
        to_balance: money(quote, "to_balance")?,
        direction: String::new(),
        when,
        on: None,
        credits_after: None,
        recurring_after: sum(net.currency, []),
        waits: sum(net.currency, []),
        next_invoice_on: Date::default(),
        restarts: false,
    })
}

/// A quote. Its lines must add up to what it says, for whoever reads them does that.
pub fn quoted(quote: &Value) -> Result<Quoted, No> {
    let next: Value = field(quote, "next_invoice")?;
    let on: Option<Date> = field(quote, "on")?;
    let quoted = Quoted {
        ticket: field(quote, "id")?,
        credit: money(quote, "credit")?,
        debt_released: money(quote, "debt_released")?,
        charge: money(quote, "charge")?,
        net: money(quote, "net")?,
        tax: money(quote, "tax")?,
        total: money(quote, "total")?,
        from_balance: money(quote, "from_balance")?,
        due: money(quote, "due")?,
        to_balance: money(quote, "to_balance")?,
        direction: field(quote, "direction")?,
        when: if on.is_some() { When::Now } else { field(quote, "when")? },
        on,
        credits_after: credits_left(quote, "credits_after")?,
        recurring_after: money(quote, "recurring_after")?,
        waits: money(&next, "waiting")?,
        next_invoice_on: field(&next, "on")?,
        restarts: !field::<Value>(quote, "restart")?.is_null(),
    };
    let (mut credits, mut charges, mut waited, mut later) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for line in rows(quote, "lines")? {
        if field::<String>(line, "explanation")?.is_empty() || field::<Value>(line, "derivation")?.is_null() {
            return Err(No::Broken(format!("an amount that says nothing of where it comes from: {line}")));
        }
        match field::<String>(line, "kind")?.as_str() {
            "waiting" => waited.push(money(line, "amount")?),
            "credit" => credits.push(-money(line, "collected")?),
            "later" => later.push(money(line, "amount")?),
            // It is charged with the period that begins later, and counts nowhere here.
            "once_later" => {}
            _ => charges.push(money(line, "amount")?),
        }
    }
    let currency = quoted.net.currency;
    let (credit, charge) = (sum(currency, credits), sum(currency, charges));
    let net = charge - credit + sum(currency, waited);
    // What is charged in arrears is told, and stands on a later invoice.
    let adds_up = (credit, charge + sum(currency, later), net) == (quoted.credit, quoted.charge, quoted.net);
    if adds_up { Ok(quoted) } else { Err(No::Broken(format!("the lines do not add up: {quote}"))) }
}

/// What is left of plan credits; none where the plan gives none.
pub fn credits_left(of: &Value, name: &str) -> Result<Option<i64>, No> {
    let credits: Option<Value> = field(of, name)?;
    credits.map(|credits| field(&credits, "left")).transpose()
}

/// A change that was submitted.
pub fn submitted(change: &Value) -> Result<Submitted, No> {
    Ok(Submitted {
        change: field(change, "id")?,
        direction: field(change, "direction")?,
        applied: field(change, "applied")?,
        document: field(change, "document")?,
        due: money(change, "due")?,
        to_balance: money(change, "to_balance")?,
    })
}

/// An invoice as it stands.
pub fn invoice(document: &Value) -> Result<SeenInvoice, No> {
    let stands: Value = field(document, "invoice")?;
    Ok(SeenInvoice {
        id: field(document, "id")?,
        total: money(document, "total")?,
        open: money(&stands, "open")?,
        state: field(&stands, "state")?,
    })
}

/// A document.
pub fn document(document: &Value) -> Result<SeenDocument, No> {
    Ok(SeenDocument { kind: field(document, "kind")?, total: money(document, "total")? })
}

/// A payment by card.
pub fn payment(payment: &Value) -> Result<SeenPayment, No> {
    Ok(SeenPayment { id: field(payment, "id")?, state: field(payment, "state")? })
}

/// A world that is broken.
pub fn broken(error: impl Display) -> No {
    No::Broken(error.to_string())
}
