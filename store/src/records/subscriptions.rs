//! A subscription's records as rows and back: itself, its service, items, coverage and plan changes.

use billing::account::{ChangeState, Component, Item, PlanChange, PlanCredits, Subscription};
use billing::calendar::Anchor;
use billing::cancellation::Cancellation;
use billing::carry::Carry;
use billing::catalogue::Billed;
use billing::command::PaymentChoice;
use billing::coverage::Segment;
use billing::document::DocumentLine;
use billing::effect::TestCard;
use billing::id::{AccountId, SubscriptionId};
use billing::one_time::OneTime;
use billing::quote::Quote;
use billing::service::{Progress, Service};
use billing::usage::Counter;
use jiff::Timestamp;

use super::{Read, day_of};
use crate::value::{Fields, Value};

/// `is_gone`: has it ended, and is nothing of it open? Then decisions load it no more.
pub(crate) fn subscription_row(account: AccountId, subscription: &Subscription, is_gone: bool) -> Vec<Value> {
    // What has ended is never due.
    let due_day = (!subscription.has_ended()).then(|| day_of(subscription.period.until));
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
        due_day.into(),
        Value::Text(payment_word(subscription.pays_by)),
        subscription.credits.as_ref().map_or(Value::Null, Value::json),
        Some(&subscription.carry).filter(|carry| !carry.is_empty()).map_or(Value::Null, Value::json),
        Some(&subscription.waiting).filter(|lines| !lines.is_empty()).map_or(Value::Null, Value::json),
        subscription.trial_until.into(),
        subscription.billed.name().into(),
        Some(&subscription.usage).filter(|counters| !counters.is_empty()).map_or(Value::Null, Value::json),
        Some(&subscription.one_time).filter(|once| !once.is_empty()).map_or(Value::Null, Value::json),
        subscription.full_refund_until.into(),
        subscription.cancellation.as_deref().map_or(Value::Null, Value::json),
        is_gone.into(),
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
    pub credits: Option<PlanCredits>,
    pub carry: Carry,
    pub waiting: Vec<DocumentLine>,
    pub trial_until: Option<Timestamp>,
    pub billed: Billed,
    pub usage: Vec<Counter>,
    pub one_time: OneTime,
    pub full_refund_until: Option<Timestamp>,
    pub cancellation: Option<Box<Cancellation>>,
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
    let credits = fields.json_or_null()?;
    let carry = fields.json_or_null()?.unwrap_or_default();
    let waiting = fields.json_or_null()?.unwrap_or_default();
    let trial_until = fields.at_or_null()?;
    let word = fields.text()?;
    let billed = Billed::parse(&word).ok_or_else(|| fields.wrong(format!("{word:?} is no way to bill")))?;
    let usage = fields.json_or_null()?.unwrap_or_default();
    let one_time = fields.json_or_null()?.unwrap_or_default();
    let full_refund_until = fields.at_or_null()?;
    let cancellation = fields.json_or_null()?;
    fields.skip()?;
    Ok(SubscriptionHead {
        account,
        id,
        product,
        started_at,
        anchor,
        period_no,
        periods_before,
        period,
        pays_by,
        credits,
        carry,
        waiting,
        trial_until,
        billed,
        usage,
        one_time,
        full_refund_until,
        cancellation,
    })
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
            trial_until: self.trial_until,
            full_refund_until: self.full_refund_until,
            billed: self.billed,
            items: Vec::new(),
            coverage: Vec::new(),
            change: None,
            service,
            pays_by: self.pays_by,
            credits: self.credits,
            carry: self.carry,
            one_time: self.one_time,
            waiting: self.waiting,
            usage: self.usage,
            cancellation: self.cancellation,
            replaced: None,
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
    let text = fields.text()?;
    payment(&text, fields)
}

fn payment(text: &str, fields: &Fields<'_>) -> Read<PaymentChoice> {
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
        Value::word(&service.access),
        service.generation.into(),
        service.package.as_ref().map_or(Value::Null, Value::json),
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
    let access = fields.word()?;
    let generation = fields.int()?;
    let package = fields.json_or_null()?;
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
    let service = Service {
        id,
        label,
        module,
        desired,
        access,
        generation,
        package,
        observed,
        observed_generation,
        progress,
        progress_at,
    };
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
        item.code.as_str().into(),
        item.text.as_str().into(),
        item.unit_price.currency.code().into(),
        item.unit_price.into(),
        item.tiers.as_ref().map_or(Value::Null, Value::json),
        item.discount.as_ref().map_or(Value::Null, Value::json),
        Value::shown(item.cycle),
        item.quantity.into(),
        // What all of them cost for a cycle: for lists, which cannot take discounts off.
        item.price().into(),
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
            Some(code) => Component::Option(code.into()),
            None => return Err(fields.wrong(format!("{other:?} is neither a plan nor an option"))),
        },
    };
    let code = fields.text()?;
    let text = fields.text()?;
    let currency = fields.word()?;
    let item = Item {
        id,
        component,
        code: code.into(),
        text: text.into(),
        unit_price: fields.money(currency)?,
        tiers: fields.json_or_null()?,
        discount: fields.json_or_null()?,
        cycle: fields.word()?,
        quantity: fields.count()?,
        catalogue_version: {
            fields.skip()?;
            fields.int()?
        },
    };
    Ok((subscription, item))
}

pub(crate) fn segment_row(account: AccountId, subscription: SubscriptionId, segment: &Segment) -> Vec<Value> {
    vec![
        account.into(),
        segment.id.into(),
        subscription.into(),
        segment.item.into(),
        segment.code.as_str().into(),
        segment.text.as_str().into(),
        segment.span.from.into(),
        segment.span.until.into(),
        segment.shares_first_day.into(),
        segment.net.currency.code().into(),
        segment.list.into(),
        segment.discount.as_ref().map_or(Value::Null, Value::json),
        Value::shown(segment.cycle),
        segment.quantity.into(),
        segment.gross.into(),
        segment.net.into(),
        segment.tax.into(),
        segment.tax_rate.as_ref().map_or(Value::Null, Value::json),
        segment.collected.into(),
        Value::shown(&segment.policy),
        segment.document.into(),
        segment.bought.as_ref().map_or(Value::Null, Value::json),
        segment.of_trial.into(),
    ]
}

pub(crate) fn read_segment(fields: &mut Fields<'_>) -> Read<(SubscriptionId, Segment)> {
    fields.skip()?;
    let id = fields.word()?;
    let subscription = fields.word()?;
    let item = fields.word()?;
    let (code, text) = (fields.text()?, fields.text()?);
    let span = fields.span()?;
    let shares_first_day = fields.flag()?;
    let currency = fields.word()?;
    let segment = Segment {
        id,
        item,
        code: code.into(),
        text: text.into(),
        span,
        shares_first_day,
        list: fields.money(currency)?,
        discount: fields.json_or_null()?,
        cycle: fields.word()?,
        quantity: fields.count()?,
        gross: fields.money(currency)?,
        net: fields.money(currency)?,
        tax: fields.money(currency)?,
        tax_rate: fields.json_or_null()?,
        collected: fields.money(currency)?,
        policy: fields.word()?,
        document: fields.word_or_null()?,
        bought: fields.json_or_null()?,
        of_trial: fields.flag()?,
    };
    Ok((subscription, segment))
}

pub(crate) fn change_row(account: AccountId, change: &PlanChange) -> Vec<Value> {
    let (state, lapses_at, closed_at) = match change.state {
        ChangeState::AwaitsPayment { lapses_at } => ("awaits_payment", Some(lapses_at), None),
        // When that is stands in its quote.
        ChangeState::Scheduled { .. } => ("scheduled", None, None),
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
        change.pays_by.map_or(Value::Null, |pays_by| Value::Text(payment_word(pays_by))),
        change.document.into(),
        state.into(),
        change.needs_coverage_from().into(),
        lapses_at.into(),
        closed_at.into(),
        change.quote.direction.word().into(),
        change.quote.plan_before.as_str().into(),
        change.quote.plan_after.as_str().into(),
        change.quote.net.currency.code().into(),
        change.quote.total.into(),
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
    let pays_by = fields.text_or_null()?.map(|word| payment(&word, fields)).transpose()?;
    let document = fields.word_or_null()?;
    let state = fields.text()?;
    fields.skip()?;
    let lapses_at = fields.at_or_null()?;
    let closed_at = fields.at_or_null()?;
    for _ in 0..6 {
        fields.skip()?;
    }
    let quote: Quote = fields.json()?;
    let state = match (state.as_str(), lapses_at, closed_at) {
        ("scheduled", None, None) => ChangeState::Scheduled { at: quote.on.map_or(quote.period.from, |day| day.from) },
        ("awaits_payment", Some(lapses_at), None) => ChangeState::AwaitsPayment { lapses_at },
        ("applied", None, Some(at)) => ChangeState::Applied { at },
        ("withdrawn", None, Some(at)) => ChangeState::Withdrawn { at },
        ("lapsed", None, Some(at)) => ChangeState::Lapsed { at },
        _ => return Err(fields.wrong(format!("{state:?} with these moments is no state of a change"))),
    };
    Ok(PlanChange { id, quote, submitted_at, asked_by, pays_by, document, state })
}
