//! Each record of an account as a row and back, side by side: what is written is what is read. The order of columns is
//! that of `tables.rs`.

use billing::account::{Account, Attempt, AttemptState, ChangeState, Component, Item, PlanChange, Subscription};
use billing::calendar::Anchor;
use billing::command::{Actor, Answer, PaymentChoice};
use billing::coverage::Segment;
use billing::decide::LogEntry;
use billing::document::{Document, DocumentKind, DocumentLine, DocumentReason, Invoice, InvoiceState, PaidBy};
use billing::effect::{Effect, TestCard, Wish};
use billing::id::{AccountId, ChangeId, DocumentId, SubscriptionId};
use billing::ledger::{LedgerAccount, Posting};
use billing::money::{Currency, Money};
use billing::service::{Progress, Service};
use jiff::Timestamp;

use crate::error::StoreError;
use crate::value::{Fields, Value};

type Read<T> = Result<T, StoreError>;

const MS_OF_A_DAY: i64 = 86_400_000;

/// The number of a day since 1970 in UTC, by which due work is found.
pub(crate) fn day_of(instant: Timestamp) -> i64 {
    instant.as_millisecond().div_euclid(MS_OF_A_DAY)
}

pub(crate) fn account_row(account: &Account) -> Vec<Value> {
    vec![
        account.id.into(),
        account.version.into(),
        (&account.storefront).into(),
        (&account.name).into(),
        (&account.email).into(),
        account.zone.name().into(),
        account.currency.code().into(),
        account.opened_at.into(),
        account.balance.into(),
        account.reserved.into(),
        (&account.log_hash).into(),
    ]
}

/// The account without its records.
pub(crate) fn read_account(fields: &mut Fields<'_>) -> Read<Account> {
    let id = fields.word()?;
    let version = fields.int()?;
    let storefront = fields.text()?;
    let name = fields.text()?;
    let email = fields.text()?;
    let zone = fields.word()?;
    let currency = fields.word()?;
    Ok(Account {
        id,
        version,
        storefront,
        name,
        email,
        zone,
        currency,
        opened_at: fields.at()?,
        balance: fields.money(currency)?,
        reserved: fields.money(currency)?,
        log_hash: fields.text()?,
        subscriptions: Vec::new(),
        invoices: Vec::new(),
        attempts: Vec::new(),
    })
}

pub(crate) fn subscription_row(account: AccountId, subscription: &Subscription) -> Vec<Value> {
    vec![
        account.into(),
        subscription.id.into(),
        (&subscription.product).into(),
        subscription.started_at.into(),
        Value::shown(subscription.anchor.start),
        Value::shown(subscription.anchor.cycle),
        subscription.period_no.into(),
        subscription.periods_before.into(),
        subscription.period.from.into(),
        subscription.period.until.into(),
        day_of(subscription.period.until).into(),
        Value::Text(payment_word(subscription.pays_by)),
    ]
}

/// A subscription as its row has it.
pub(crate) struct SubscriptionHead {
    pub account: AccountId,
    pub id: SubscriptionId,
    pub product: String,
    pub started_at: Timestamp,
    pub anchor: Anchor,
    pub period_no: i64,
    pub periods_before: i64,
    pub period: billing::calendar::Span,
    pub pays_by: PaymentChoice,
}

pub(crate) fn read_subscription(fields: &mut Fields<'_>) -> Read<SubscriptionHead> {
    let account = fields.word()?;
    let id = fields.word()?;
    let product = fields.text()?;
    let started_at = fields.at()?;
    let anchor = Anchor { start: fields.word()?, cycle: fields.word()? };
    let period_no = fields.int()?;
    let periods_before = fields.int()?;
    let period = fields.span()?;
    fields.skip()?;
    let pays_by = read_payment(fields)?;
    Ok(SubscriptionHead { account, id, product, started_at, anchor, period_no, periods_before, period, pays_by })
}

impl SubscriptionHead {
    /// The whole subscription, its items and coverage still to come.
    pub fn with(self, service: Service) -> Subscription {
        Subscription {
            id: self.id,
            product: self.product,
            started_at: self.started_at,
            anchor: self.anchor,
            period_no: self.period_no,
            periods_before: self.periods_before,
            period: self.period,
            items: Vec::new(),
            coverage: Vec::new(),
            change: None,
            service,
            pays_by: self.pays_by,
        }
    }
}

fn payment_word(choice: PaymentChoice) -> String {
    match choice {
        PaymentChoice::Card(card) => format!("card:{}", card.name()),
        PaymentChoice::BankTransfer => "bank_transfer".to_owned(),
    }
}

fn read_payment(fields: &mut Fields<'_>) -> Read<PaymentChoice> {
    let text = fields.str()?;
    if text == "bank_transfer" {
        return Ok(PaymentChoice::BankTransfer);
    }
    let card = text.strip_prefix("card:");
    let card = TestCard::ALL.into_iter().find(|known| card == Some(known.name()));
    card.map(PaymentChoice::Card).ok_or_else(|| fields.wrong(format!("{text:?} is no way to pay")))
}

pub(crate) fn service_row(account: AccountId, subscription: SubscriptionId, service: &Service) -> Vec<Value> {
    let (progress, reason) = match &service.progress {
        Progress::Wanted => ("wanted", None),
        Progress::Working => ("working", None),
        Progress::Done => ("done", None),
        Progress::Failed { reason } => ("failed", Some(reason)),
    };
    vec![
        account.into(),
        service.id.into(),
        subscription.into(),
        (&service.label).into(),
        (&service.module).into(),
        Value::json(&service.desired),
        service.generation.into(),
        service.observed.as_ref().map_or(Value::Null, Value::json),
        service.observed_generation.into(),
        progress.into(),
        reason.into(),
        service.progress_at.into(),
    ]
}

pub(crate) fn read_service(fields: &mut Fields<'_>) -> Read<(SubscriptionId, Service)> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let label = fields.text()?;
    let module = fields.text()?;
    let desired = fields.json()?;
    let generation = fields.int()?;
    let observed = fields.json_or_null()?;
    let observed_generation = fields.int()?;
    let progress = fields.str()?;
    let reason = fields.text_or_null()?;
    let progress = match progress {
        "wanted" => Progress::Wanted,
        "working" => Progress::Working,
        "done" => Progress::Done,
        "failed" => Progress::Failed { reason: reason.unwrap_or_default() },
        other => return Err(fields.wrong(format!("{other:?} is no progress"))),
    };
    let progress_at = fields.at()?;
    let service =
        Service { id, label, module, desired, generation, observed, observed_generation, progress, progress_at };
    Ok((subscription, service))
}

pub(crate) fn item_row(account: AccountId, subscription: SubscriptionId, item: &Item) -> Vec<Value> {
    let component = match &item.component {
        Component::Plan => "plan".to_owned(),
        Component::Option(code) => format!("option:{code}"),
    };
    vec![
        account.into(),
        item.id.into(),
        subscription.into(),
        component.into(),
        (&item.code).into(),
        (&item.text).into(),
        item.unit_price.currency.code().into(),
        item.unit_price.into(),
        Value::shown(item.cycle),
        item.quantity.into(),
        item.catalogue_version.into(),
    ]
}

pub(crate) fn read_item(fields: &mut Fields<'_>) -> Read<(SubscriptionId, Item)> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let component = match fields.str()? {
        "plan" => Component::Plan,
        other => match other.strip_prefix("option:") {
            Some(code) => Component::Option(code.to_owned()),
            None => return Err(fields.wrong(format!("{other:?} is neither a plan nor an option"))),
        },
    };
    let code = fields.text()?;
    let text = fields.text()?;
    let currency = fields.word()?;
    let item = Item {
        id,
        component,
        code,
        text,
        unit_price: fields.money(currency)?,
        cycle: fields.word()?,
        quantity: fields.count()?,
        catalogue_version: fields.int()?,
    };
    Ok((subscription, item))
}

pub(crate) fn segment_row(account: AccountId, subscription: SubscriptionId, segment: &Segment) -> Vec<Value> {
    vec![
        account.into(),
        segment.id.into(),
        subscription.into(),
        segment.item.into(),
        segment.span.from.into(),
        segment.span.until.into(),
        segment.shares_first_day.into(),
        segment.net.currency.code().into(),
        segment.price.into(),
        Value::shown(segment.cycle),
        segment.quantity.into(),
        segment.net.into(),
        segment.collected.into(),
        Value::shown(&segment.policy),
        segment.document.into(),
    ]
}

pub(crate) fn read_segment(fields: &mut Fields<'_>) -> Read<(SubscriptionId, Segment)> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let item = fields.word()?;
    let span = fields.span()?;
    let shares_first_day = fields.flag()?;
    let currency = fields.word()?;
    let segment = Segment {
        id,
        item,
        span,
        shares_first_day,
        price: fields.money(currency)?,
        cycle: fields.word()?,
        quantity: fields.count()?,
        net: fields.money(currency)?,
        collected: fields.money(currency)?,
        policy: fields.word()?,
        document: fields.word_or_null()?,
    };
    Ok((subscription, segment))
}

pub(crate) fn change_row(account: AccountId, change: &PlanChange) -> Vec<Value> {
    let (state, lapses_at, closed_at) = match change.state {
        ChangeState::AwaitsPayment { lapses_at } => ("awaits_payment", Some(lapses_at), None),
        ChangeState::Applied { at } => ("applied", None, Some(at)),
        ChangeState::Withdrawn { at } => ("withdrawn", None, Some(at)),
        ChangeState::Lapsed { at } => ("lapsed", None, Some(at)),
    };
    vec![
        account.into(),
        change.id.into(),
        change.quote.subscription.into(),
        change.submitted_at.into(),
        Value::word(&change.asked_by),
        change.document.into(),
        state.into(),
        lapses_at.into(),
        closed_at.into(),
        change.quote.direction.word().into(),
        (&change.quote.plan_before).into(),
        (&change.quote.plan_after).into(),
        change.quote.net.currency.code().into(),
        change.quote.net.into(),
        change.quote.due.into(),
        Value::json(&change.quote),
    ]
}

pub(crate) fn read_change(fields: &mut Fields<'_>) -> Read<PlanChange> {
    fields.skip()?;
    let id = fields.word()?;
    fields.skip()?;
    let submitted_at = fields.at()?;
    let asked_by = fields.word()?;
    let document = fields.word_or_null()?;
    let state = fields.str()?;
    let lapses_at = fields.at_or_null()?;
    let closed_at = fields.at_or_null()?;
    let state = match (state, lapses_at, closed_at) {
        ("awaits_payment", Some(lapses_at), None) => ChangeState::AwaitsPayment { lapses_at },
        ("applied", None, Some(at)) => ChangeState::Applied { at },
        ("withdrawn", None, Some(at)) => ChangeState::Withdrawn { at },
        ("lapsed", None, Some(at)) => ChangeState::Lapsed { at },
        _ => return Err(fields.wrong(format!("{state:?} with these moments is no state of a change"))),
    };
    for _ in 0..6 {
        fields.skip()?;
    }
    Ok(PlanChange { id, quote: fields.json()?, submitted_at, asked_by, document, state })
}

/// A document's row. In the place of its number stands `distance`: how far it is from the last number of its series
/// once this commit has taken its own; 0 for the last one, negative for those before.
pub(crate) fn document_row(account: &Account, document: &Document, distance: i64) -> Vec<Value> {
    let (reason, period, change) = match &document.reason {
        DocumentReason::Period { period } => ("period", Some(*period), None),
        DocumentReason::PlanChange { change } => ("plan_change", None, Some(*change)),
        DocumentReason::DebtReleased { change } => ("debt_released", None, Some(*change)),
        DocumentReason::InvoiceCancelled { change } => ("invoice_cancelled", None, Some(*change)),
        DocumentReason::MoneyToBalance => ("money_to_balance", None, None),
        DocumentReason::Goodwill => ("goodwill", None, None),
    };
    vec![
        account.id.into(),
        document.id.into(),
        document.kind.name().into(),
        (&account.storefront).into(),
        (&document.series).into(),
        distance.into(),
        document.issued_at.into(),
        Value::shown(document.issued_on),
        document.total.currency.code().into(),
        document.total.into(),
        reason.into(),
        period.into(),
        change.into(),
        document.subscription.into(),
        document.corrects.into(),
    ]
}

/// A document without its lines, and the account it belongs to.
pub(crate) fn read_document(fields: &mut Fields<'_>) -> Read<(AccountId, Document)> {
    let account = fields.word()?;
    let id = fields.word()?;
    let kind = fields.word::<DocumentKind>()?;
    fields.skip()?;
    let series = fields.text()?;
    let number = fields.int()?;
    let issued_at = fields.at()?;
    let issued_on = fields.word()?;
    let currency = fields.word()?;
    let total = fields.money(currency)?;
    let reason = fields.str()?;
    let period = fields.int_or_null()?;
    let change = fields.word_or_null::<ChangeId>()?;
    let reason = match (reason, period, change) {
        ("period", Some(period), None) => DocumentReason::Period { period },
        ("plan_change", None, Some(change)) => DocumentReason::PlanChange { change },
        ("debt_released", None, Some(change)) => DocumentReason::DebtReleased { change },
        ("invoice_cancelled", None, Some(change)) => DocumentReason::InvoiceCancelled { change },
        ("money_to_balance", None, None) => DocumentReason::MoneyToBalance,
        ("goodwill", None, None) => DocumentReason::Goodwill,
        _ => return Err(fields.wrong(format!("{reason:?} is no reason for such a document"))),
    };
    let document = Document {
        id,
        kind,
        series,
        number: Some(number),
        issued_at,
        issued_on,
        total,
        reason,
        subscription: fields.word_or_null()?,
        corrects: fields.word_or_null()?,
        lines: Vec::new(),
    };
    Ok((account, document))
}

pub(crate) fn line_row(account: AccountId, document: DocumentId, line_no: i64, line: &DocumentLine) -> Vec<Value> {
    vec![
        account.into(),
        document.into(),
        line_no.into(),
        line.item.into(),
        (&line.text).into(),
        line.quantity.into(),
        line.span.map(|span| span.from).into(),
        line.span.map(|span| span.until).into(),
        line.amount.currency.code().into(),
        line.amount.into(),
        line.segment.into(),
        line.derivation.as_ref().map_or(Value::Null, Value::json),
    ]
}

pub(crate) fn read_line(fields: &mut Fields<'_>) -> Read<(DocumentId, DocumentLine)> {
    fields.skip()?;
    let document = fields.word()?;
    fields.skip()?;
    let item = fields.word_or_null()?;
    let text = fields.text()?;
    let quantity = fields.count()?;
    let (from, until) = (fields.at_or_null()?, fields.at_or_null()?);
    let span = from.zip(until).map(|(from, until)| billing::calendar::Span { from, until });
    let currency = fields.word()?;
    let line = DocumentLine {
        item,
        text,
        quantity,
        span,
        amount: fields.money(currency)?,
        segment: fields.word_or_null()?,
        derivation: fields.json_or_null()?,
    };
    Ok((document, line))
}

pub(crate) fn invoice_row(account: AccountId, invoice: &Invoice) -> Vec<Value> {
    let (state, closed_at, paid_by) = match &invoice.state {
        InvoiceState::Open => ("open", None, Value::Null),
        InvoiceState::Paid { at, by } => ("paid", Some(*at), Value::word(by)),
        InvoiceState::Void { at } => ("void", Some(*at), Value::Null),
    };
    vec![
        account.into(),
        invoice.id.into(),
        invoice.subscription.into(),
        invoice.change.into(),
        invoice.total.currency.code().into(),
        invoice.total.into(),
        invoice.from_balance.into(),
        invoice.credited.into(),
        Value::shown(invoice.due_on),
        state.into(),
        closed_at.into(),
        paid_by,
    ]
}

pub(crate) fn read_invoice(fields: &mut Fields<'_>) -> Read<Invoice> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let change = fields.word_or_null()?;
    let currency = fields.word()?;
    let total = fields.money(currency)?;
    let from_balance = fields.money(currency)?;
    let credited = fields.money(currency)?;
    let due_on = fields.word()?;
    let state = fields.str()?;
    let closed_at = fields.at_or_null()?;
    let paid_by = fields.word_or_null::<PaidBy>()?;
    let state = match (state, closed_at, paid_by) {
        ("open", None, None) => InvoiceState::Open,
        ("paid", Some(at), Some(by)) => InvoiceState::Paid { at, by },
        ("void", Some(at), None) => InvoiceState::Void { at },
        _ => return Err(fields.wrong(format!("{state:?} is no state of such an invoice"))),
    };
    Ok(Invoice { id, subscription, change, total, from_balance, credited, due_on, state })
}

pub(crate) fn attempt_row(account: AccountId, attempt: &Attempt) -> Vec<Value> {
    let (state, reason, captured_at) = match &attempt.state {
        AttemptState::Sent => ("sent", None, None),
        AttemptState::Unknown => ("unknown", None, None),
        AttemptState::Failed { reason } => ("failed", Some(reason), None),
        AttemptState::Captured { at } => ("captured", None, Some(*at)),
    };
    vec![
        account.into(),
        attempt.id.into(),
        attempt.invoice.into(),
        attempt.amount.currency.code().into(),
        attempt.amount.into(),
        attempt.card.name().into(),
        attempt.created_at.into(),
        state.into(),
        reason.into(),
        captured_at.into(),
    ]
}

pub(crate) fn read_attempt(fields: &mut Fields<'_>) -> Read<Attempt> {
    fields.skip()?;
    let id = fields.word()?;
    let invoice = fields.word()?;
    let currency = fields.word()?;
    let amount = fields.money(currency)?;
    let card = fields.word()?;
    let created_at = fields.at()?;
    let state = fields.str()?;
    let reason = fields.text_or_null()?;
    let captured_at = fields.at_or_null()?;
    let state = match (state, captured_at) {
        ("sent", None) => AttemptState::Sent,
        ("unknown", None) => AttemptState::Unknown,
        ("failed", None) => AttemptState::Failed { reason: reason.unwrap_or_default() },
        ("captured", Some(at)) => AttemptState::Captured { at },
        _ => return Err(fields.wrong(format!("{state:?} is no state of an attempt"))),
    };
    Ok(Attempt { id, invoice, amount, card, created_at, state })
}

pub(crate) fn posting_row(account: AccountId, posting: &Posting, at: Timestamp) -> Vec<Value> {
    vec![
        account.into(),
        posting.id.into(),
        posting.transaction.into(),
        posting.account.name().into(),
        posting.amount.currency.code().into(),
        posting.amount.into(),
        posting.document.into(),
        at.into(),
    ]
}

/// A posting, when it was booked, and whose.
pub(crate) fn read_posting(fields: &mut Fields<'_>) -> Read<(AccountId, Posting, Timestamp)> {
    let owner = fields.word()?;
    let id = fields.word()?;
    let transaction = fields.word()?;
    let account = fields.word::<LedgerAccount>()?;
    let currency: Currency = fields.word()?;
    let amount: Money = fields.money(currency)?;
    let document = fields.word()?;
    Ok((owner, Posting { id, transaction, account, amount, document }, fields.at()?))
}

pub(crate) fn log_row(entry: &LogEntry, answer: &Answer) -> Vec<Value> {
    let (actor, name) = match &entry.actor {
        Actor::Customer(name) => ("customer", Some(name)),
        Actor::Staff(name) => ("staff", Some(name)),
        Actor::Key(name) => ("key", Some(name)),
        Actor::System => ("system", None),
    };
    vec![
        entry.account.into(),
        entry.version.into(),
        entry.command.into(),
        entry.at.into(),
        actor.into(),
        name.into(),
        (&entry.name).into(),
        entry.key.as_ref().into(),
        (&entry.digest).into(),
        (&entry.text).into(),
        (&entry.body).into(),
        Value::json(answer),
        (&entry.hash).into(),
    ]
}

pub(crate) fn read_log(fields: &mut Fields<'_>) -> Read<LogEntry> {
    let account = fields.word()?;
    let version = fields.int()?;
    let command = fields.word()?;
    let at = fields.at()?;
    let actor = fields.str()?;
    let name = fields.text_or_null()?;
    let actor = match (actor, name) {
        ("customer", Some(name)) => Actor::Customer(name),
        ("staff", Some(name)) => Actor::Staff(name),
        ("key", Some(name)) => Actor::Key(name),
        ("system", None) => Actor::System,
        _ => return Err(fields.wrong(format!("{actor:?} is no one who asks"))),
    };
    let name = fields.text()?;
    let key = fields.text_or_null()?;
    let digest = fields.text()?;
    let text = fields.text()?;
    let body = fields.text()?;
    fields.skip()?;
    let hash = fields.text()?;
    Ok(LogEntry { command, account, version, at, actor, name, key, digest, text, body, hash })
}

pub(crate) fn effect_row(account: AccountId, effect: &Effect) -> Vec<Value> {
    let kind = match effect.wish {
        Wish::Charge { .. } => "charge",
        Wish::Ensure { .. } => "ensure",
        Wish::Mail(_) => "mail",
    };
    vec![
        account.into(),
        effect.id.into(),
        Value::json(&effect.wish),
        kind.into(),
        effect.due_at.into(),
        "queued".into(),
        effect.due_at.into(),
        0_i64.into(),
        0_i64.into(),
        Value::Null,
        Value::Null,
        Value::Null,
    ]
}

pub(crate) fn event_row(account: AccountId, gateway: &str, event: &str, at: Timestamp) -> Vec<Value> {
    vec![gateway.into(), event.into(), account.into(), at.into()]
}
