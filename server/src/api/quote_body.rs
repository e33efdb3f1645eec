//! A quote as JSON: every amount with its sign, its span and the derivation that computes it, as data and as a sentence.
//! Derivations are in `derivation_body`, the money of a quote that no longer holds in `summary_body`.

use billing::account::PlanCredits;
use billing::calendar::{Cycle, Span};
use billing::catalogue::{Basket, Billed, Restart, Size};
use billing::discount::Discount;
use billing::explain::{Derivation, Language, plan_credits};
use billing::extension::Extension;
use billing::money::Money;
use billing::name::Named;
use billing::one_time::OneTimeLine;
use billing::policy::{Gate, OnFailure, When};
use billing::quote::{CreditsCount, Direction, Quote, Settlement};
use billing::tax::TaxRate;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::catalogue_body::RestartBody;
use super::derivation_body::{DerivationBody, word};
use super::money_body::{Amount, SpanBody};
use crate::portal::words::joined;

/// A plan change, counted to the cent. Nothing is stored; submit its `id` to POST /v1/changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub struct QuoteBody {
    /// The signed token of the quote. Opaque; about two thousand characters.
    #[schema(example = "eyJhY2NvdW50IjoiYWNjX…")]
    pub id: String,
    /// The service to change.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    pub service: String,
    /// The customer whose it is.
    #[schema(example = "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000")]
    pub customer: String,
    /// The instant it was asked at; what it counts begins there, or with the day in `on`.
    #[schema(value_type = String, format = DateTime, example = "2027-05-03T12:00:00Z")]
    pub at: Timestamp,
    /// It can be submitted before this instant.
    #[schema(value_type = String, format = DateTime, example = "2027-05-03T12:30:00Z")]
    pub expires_at: Timestamp,
    /// Once submitted, or from the day in `on`, it waits for its payment until here.
    #[schema(value_type = String, format = DateTime, example = "2027-05-06T12:00:00Z")]
    pub pay_by: Timestamp,
    /// Now; with the next period: then nothing is to pay or given back, and the next period is billed as `after`; or on the day
    /// in `on`.
    pub when: WhenBody,
    /// The day on which it is made, in the customer's zone, where one was chosen; else null. What is due or comes back is charged
    /// or given on that day, to the cent; until then nothing is.
    #[schema(value_type = Option<String>, format = Date, example = json!(null))]
    pub on: Option<Date>,
    /// Must it be paid before it is made?
    pub gate: GateBody,
    /// What becomes of it where its payment fails, or does not come by `pay_by`.
    pub on_failure: OnFailureBody,
    /// When its money is settled.
    pub settlement: SettlementBody,
    /// When the periods are billed after it.
    pub billed: BilledBody,
    /// Up, down, or some options up and others down.
    pub direction: DirectionBody,
    /// What the service has.
    pub before: BasketBody,
    /// What it shall have.
    pub after: BasketBody,
    /// What is given back (negative) and charged (positive), line by line, after the lines that waited for the next invoice
    /// and are settled with this change. Credits count with `collected`, and lines of
    /// the kinds `later` and `once_later` do not; so they add up to `net`.
    pub lines: Vec<QuoteLine>,
    /// What is given back and was paid, or still waits to be invoiced; positive.
    pub credit: Amount,
    /// What is given back and was never paid: it is taken off the unpaid invoices; positive.
    pub debt_released: Amount,
    /// What is charged.
    pub charge: Amount,
    /// `charge − credit`, without a charge that waits alone and with what waited, as prices are written: without tax, or with the tax they contain.
    pub net: Amount,
    /// The tax charged less the tax given back.
    pub tax: Amount,
    /// Net with tax. Positive: an invoice. Negative: to the balance. Or either with the next invoice.
    pub total: Amount,
    /// What of the balance is used. Of a change on a chosen day nothing is said: what is free on that day pays first.
    pub from_balance: Amount,
    /// What is left to pay.
    pub due: Amount,
    /// What goes to the balance.
    pub to_balance: Amount,
    /// What a full period costs before, as prices are written.
    pub recurring_before: Amount,
    /// What a full period costs after it, as prices are written.
    pub recurring_after: Amount,
    /// The next invoice: when, and how much.
    pub next_invoice: NextInvoice,
    /// When the trial is over that is running, if the change is made: where `period` ends, for nothing, or where it begins.
    /// Null where none is running.
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub trial_until: Option<Timestamp>,
    /// The days that what is left of the old basket buys, where the policy turns it into days; else null.
    pub extension: Option<ExtensionBody>,
    /// The plan credits left after the change, such as hours; null where the new plan gives none.
    pub credits_after: Option<PlanCreditsBody>,
    /// How they were counted, where the policy shares plan credits by time; else null.
    pub credits_count: Option<CreditsCountBody>,
    /// The period after the change.
    pub period: SpanBody,
    /// What the service has now, by resource.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({ "cpus": 2, "memory_mb": 4096 }))]
    pub size_before: Size,
    /// What it shall have, by resource.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({ "cpus": 4, "memory_mb": 8192 }))]
    pub size_after: Size,
    /// Whether the service restarts when the change is made; null where it does not.
    pub restart: Option<RestartBody>,
    /// The policy that counted.
    #[schema(example = "vps@1")]
    pub policy: String,
    /// The catalogue version whose prices count.
    pub catalogue_version: i64,
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Direction)]
pub enum DirectionBody {
    /// A larger plan, a longer cycle, more of an option.
    Upgrade,
    /// A smaller plan, a shorter cycle, less of an option.
    Downgrade,
    /// Some options up and others down.
    Change,
}

/// When a change is made.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = When)]
pub enum WhenBody {
    /// Now, or as soon as it is paid.
    Now,
    /// With the next period.
    PeriodEnd,
    /// On the day in `on`.
    Date,
}

/// Must a change be paid before it is made?
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Gate)]
pub enum GateBody {
    /// Yes; what becomes of it unpaid is in `on_failure`.
    Paid,
    /// No: it is made at once, and its invoice is owed.
    None,
}

/// What becomes of a change that waits for its payment, where the payment fails.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OnFailure)]
pub enum OnFailureBody {
    /// It waits for another payment, and lapses when its time is up: nothing has changed then.
    Wait,
    /// It lapses with the first payment that fails, or when its time is up.
    Lapse,
    /// It is made when a payment fails or its time is up, and its invoice is owed.
    Apply,
}

/// When the money of a change is settled.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Settlement)]
pub enum SettlementBody {
    /// With the change, by a document of its own.
    Now,
    /// With the next invoice: nothing is due and nothing goes to the balance until then.
    NextInvoice,
    /// What is given back, and all that waited, with the change; what is charged is billed in arrears, with the invoice after
    /// its period.
    ChargeWaits,
}

/// When a period is billed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Billed)]
pub enum BilledBody {
    /// On the invoice that is written when it begins.
    Advance,
    /// On the invoice that is written when it is over.
    Arrears,
}

impl From<Billed> for BilledBody {
    fn from(billed: Billed) -> Self {
        match billed {
            Billed::Advance => Self::Advance,
            Billed::Arrears => Self::Arrears,
        }
    }
}

/// What a plan gave to use up, and what is left of it. What is counted, such as hours, the catalogue says.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PlanCredits)]
pub struct PlanCreditsBody {
    /// Not used yet.
    #[schema(example = 12)]
    pub left: i64,
    /// Given in this period, by every plan in it that counts.
    #[schema(example = 40)]
    pub granted: i64,
    /// Given by the present plan for a period.
    #[schema(example = 40)]
    pub of_plan: i64,
    /// Where the policy shares them by time: the exact part of one that the plans in this period give beside those; less
    /// than nothing where more was used than they give. A fraction; else null.
    #[schema(example = json!(null))]
    pub part: Option<String>,
}

/// How plan credits after a change were counted: the period goes on, and the part of it that is left counts for the new
/// plan; or a period begins with the change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditsCount)]
pub struct CreditsCountBody {
    /// What the old plan gives for a period; null where one begins.
    #[schema(example = 40)]
    pub before: Option<i64>,
    /// What the new plan gives for a period.
    #[schema(example = 55)]
    pub after: i64,
    /// How much of the period is left; null where one begins.
    #[schema(example = 12)]
    pub rest: Option<i64>,
    /// How long the period is; null where one begins.
    #[schema(example = 30)]
    pub whole: Option<i64>,
    /// The unit of both; null where a period begins.
    #[schema(example = "day")]
    pub unit: Option<String>,
    /// What of the old plan's for the rest is not taken back, because it was used and is not given back in money. A
    /// fraction; else null.
    #[schema(example = json!(null))]
    pub spent: Option<String>,
    /// Where a period begins: what was used beyond what the time before it gave, and is taken off. A fraction; else null.
    #[schema(example = json!(null))]
    pub over: Option<String>,
    /// The same as a sentence; null where there is nothing to say.
    #[schema(
        example = "For 12 of 30 days, 55 plan credits count instead of 40 plan credits: 46 plan credits in this period."
    )]
    pub explanation: Option<String>,
}

/// A plan with its cycle and options.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Basket)]
pub struct BasketBody {
    /// The plan's code.
    #[schema(example = "large")]
    pub plan: String,
    /// The plan's name.
    #[schema(example = "Large")]
    pub plan_name: String,
    /// How often it is billed.
    #[schema(value_type = String, example = "month")]
    pub cycle: Cycle,
    /// The quantity of each option, by code.
    #[schema(value_type = BTreeMap<String, u32>, example = json!({ "memory": 2 }))]
    pub options: Named<u32>,
}

/// One thing that is given back or charged.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteLine {
    /// What it does.
    pub kind: LineKind,
    /// What it is for.
    #[schema(example = "Large")]
    pub text: String,
    /// How many units.
    pub quantity: u32,
    /// The time it is for; empty where it is billed with the next period, or charged once.
    pub span: SpanBody,
    /// The same time at the list price; negative where it is given back.
    pub gross: Amount,
    /// `gross − amount`: what is taken off the list price, and of a credit also what a claw-back keeps.
    pub discount: Amount,
    /// What is taken off a full cycle, as the catalogue writes it: `10%` or `5.00`; null for credits.
    #[schema(example = "10%")]
    pub discount_terms: Option<String>,
    /// As prices are written: without tax, or with the tax they contain. Negative where it is given back.
    pub amount: Amount,
    /// The tax on it, or in it where prices contain it; signed.
    pub tax: Amount,
    /// The rate of that tax.
    pub tax_rate: Option<TaxBody>,
    /// The part of `amount` that was paid, or all of it where it still waits to be invoiced; a credit counts with this part
    /// only. Null for others.
    pub collected: Option<Amount>,
    /// The document that billed what is given back; null for others, and where it waits to be invoiced.
    #[schema(example = json!(null))]
    pub document: Option<String>,
    /// The list price of one unit for a full cycle, or once; null for credits, and where units cost by how many there are.
    pub unit_price: Option<Amount>,
    /// The list price of all units for a full cycle; null for credits.
    pub list_price: Option<Amount>,
    /// Why it is that much, in sentences: in the language of `Accept-Language` among English, German and Japanese, else
    /// in the storefront's.
    #[schema(example = "40.00 EUR for 31 days; 29 of them remain, the day of the change included: 37.42 EUR.")]
    pub explanation: String,
    /// How the amount was found, as data.
    pub derivation: DerivationBody,
}

/// A rate of tax.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TaxRate)]
pub struct TaxBody {
    /// Its name.
    #[schema(example = "VAT")]
    pub name: String,
    /// How much, in percent.
    #[schema(example = "19", pattern = "^[0-9]{1,3}([.][0-9]{1,4})?$")]
    pub percent: String,
    /// Do prices contain it? Otherwise it is added to them.
    #[serde(default)]
    pub included: bool,
}

impl TaxBody {
    /// A rate.
    pub fn of(rate: &TaxRate) -> Self {
        Self { name: rate.name.clone(), percent: rate.percent.to_string(), included: rate.included }
    }
}

/// What a line does.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Gives back.
    Credit,
    /// Charges.
    Charge,
    /// Waited for the next invoice, and is settled with this change.
    Waiting,
    /// Charges what is billed in arrears while the rest is settled with this change.
    Later,
    /// Charges a setup, once.
    Once,
    /// Charges what a trial that goes on costs more with the change, once.
    Trial,
    /// A setup that the invoice of the next period charges, once, and with its tax: the change is made with that period, or in
    /// a trial. It counts in no sum here.
    OnceLater,
}

/// What is left of the old basket, and the days of the new one that it buys.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Extension)]
pub struct ExtensionBody {
    /// What is left, as prices are written.
    pub value: Amount,
    /// What the new basket costs for a full cycle.
    pub price: Amount,
    /// The days of that cycle.
    #[schema(example = 30)]
    pub whole: i64,
    /// The days that it buys, the part of one rounded up.
    #[schema(example = 8)]
    pub days: i64,
}

impl ExtensionBody {
    fn of(extension: &Extension) -> Self {
        let Extension { value, price, days, bought } = *extension;
        Self { value: value.into(), price: price.into(), whole: bought.whole, days }
    }
}

/// The next invoice of a service.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextInvoice {
    /// The customer's local day.
    #[schema(value_type = String, format = Date, example = "2027-06-01")]
    pub on: Date,
    /// What its period costs, as prices are written: tax that is added comes to it. A full one, or the first one up to a
    /// bill day; nothing where periods are billed in arrears.
    pub amount: Amount,
    /// What waits for it, with tax: of changes before it, and of the period before it in arrears. Positive to pay, negative
    /// to take off.
    pub waiting: Amount,
}

impl QuoteLine {
    /// A line of an amount and its tax, from which nothing is taken off.
    fn plain(
        kind: LineKind,
        (text, quantity, span): (&str, u32, Span),
        [amount, tax]: [Money; 2],
        (derivation, explanation): (&Derivation, String),
    ) -> Self {
        Self {
            kind,
            text: text.to_owned(),
            quantity,
            span: span.into(),
            gross: amount.into(),
            discount: Money::zero(amount.currency).into(),
            discount_terms: None,
            amount: amount.into(),
            tax: tax.into(),
            tax_rate: None,
            collected: None,
            document: None,
            unit_price: None,
            list_price: None,
            explanation,
            derivation: DerivationBody::of(derivation),
        }
    }
}

impl QuoteBody {
    /// A quote under its token, explained in a language; `service` is the id of the subscription's service.
    pub fn of(quote: &Quote, token: String, service: String, language: Language) -> Self {
        let told = |sentences: Vec<String>| joined(language, sentences);
        let credits = quote.credits.iter().filter(|line| !line.amount.is_zero()).map(|line| QuoteLine {
            gross: (-line.gross).into(),
            discount: (line.amount - line.gross).into(),
            collected: Some((-line.returned()).into()),
            document: line.document.map(|id| id.to_string()),
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            ..QuoteLine::plain(
                LineKind::Credit,
                (&line.text, line.quantity, line.span),
                [-line.amount, -line.tax],
                (&line.derivation, told(line.sentences(language))),
            )
        });
        let charges = quote.charges.iter().map(|line| QuoteLine {
            gross: line.gross.into(),
            discount: (line.gross - line.amount).into(),
            discount_terms: line.discount.map(discount_terms),
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            unit_price: line.tiers.is_none().then(|| line.unit_price.into()),
            list_price: Some(line.priced().list.into()),
            ..QuoteLine::plain(
                if quote.settlement == Settlement::ChargeWaits { LineKind::Later } else { LineKind::Charge },
                (&line.text, line.quantity, line.span),
                [line.amount, line.tax],
                (&line.derivation, told(line.sentences(language))),
            )
        });
        let moment = Span { from: quote.counted_at(), until: quote.counted_at() };
        let kind_of = |line: &OneTimeLine| match quote.settlement {
            _ if line.is_of_trial() => LineKind::Trial,
            _ if quote.charges_once_later() => LineKind::OnceLater,
            Settlement::ChargeWaits => LineKind::Later,
            _ => LineKind::Once,
        };
        let once = quote.once.iter().map(|line| QuoteLine {
            tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
            unit_price: Some(line.unit_price().into()),
            ..QuoteLine::plain(
                kind_of(line),
                (&line.text, line.quantity, moment),
                [line.amount, line.tax],
                (&line.derivation, told(line.sentences(language))),
            )
        });
        let waiting = quote.waiting.iter().filter_map(|line| {
            Some(QuoteLine {
                tax_rate: line.tax_rate.as_deref().map(TaxBody::of),
                ..QuoteLine::plain(
                    LineKind::Waiting,
                    (&line.text, line.quantity, line.span.unwrap_or(moment)),
                    [line.amount, line.tax],
                    (line.derivation.as_ref()?, told(line.sentences(language))),
                )
            })
        });
        let waits = quote.waits.unwrap_or(Money::zero(quote.total.currency));
        Self {
            id: token,
            service,
            customer: quote.account.to_string(),
            at: quote.at,
            expires_at: quote.expires_at,
            pay_by: quote.pay_by,
            when: WhenBody::of(quote),
            on: quote.on.map(|day| day.date),
            gate: quote.gate.into(),
            on_failure: quote.on_failure.into(),
            settlement: quote.settlement.into(),
            billed: quote.billed.into(),
            direction: quote.direction.into(),
            before: BasketBody::of(&quote.before, &quote.plan_before),
            after: BasketBody::of(&quote.after, &quote.plan_after),
            lines: waiting.chain(credits).chain(charges).chain(once).collect(),
            credit: quote.credit.into(),
            debt_released: quote.debt_released.into(),
            charge: quote.charge.into(),
            net: quote.net.into(),
            tax: quote.tax.into(),
            total: quote.total.into(),
            from_balance: quote.from_balance.into(),
            due: quote.due.into(),
            to_balance: quote.to_balance.into(),
            recurring_before: quote.recurring_before.into(),
            recurring_after: quote.recurring_after.into(),
            next_invoice: NextInvoice {
                on: quote.next_invoice_on,
                amount: quote.next_period().into(),
                waiting: waits.into(),
            },
            trial_until: quote.trial_until,
            extension: quote.extension.as_ref().map(ExtensionBody::of),
            credits_after: quote.credits_after.map(PlanCreditsBody::from),
            credits_count: quote
                .credits_count
                .as_deref()
                .map(|count| CreditsCountBody::of(*count, quote.credits_after, language)),
            period: quote.period.into(),
            size_before: quote.size_before.clone(),
            size_after: quote.size_after.clone(),
            restart: quote.restart.map(RestartBody::from),
            policy: quote.policy.to_string(),
            catalogue_version: quote.catalogue_version,
        }
    }
}

impl From<Direction> for DirectionBody {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Upgrade => Self::Upgrade,
            Direction::Downgrade => Self::Downgrade,
            Direction::Change => Self::Change,
        }
    }
}

impl WhenBody {
    /// When the change of a quote is made.
    pub fn of(quote: &Quote) -> Self {
        match quote.when {
            _ if quote.on.is_some() => Self::Date,
            When::Now => Self::Now,
            When::PeriodEnd => Self::PeriodEnd,
        }
    }

    /// The moment that is asked for; none of a day, which is asked for by itself.
    pub fn moment(self) -> Option<When> {
        match self {
            Self::Now => Some(When::Now),
            Self::PeriodEnd => Some(When::PeriodEnd),
            Self::Date => None,
        }
    }
}

impl From<Gate> for GateBody {
    fn from(gate: Gate) -> Self {
        match gate {
            Gate::Paid => Self::Paid,
            Gate::None => Self::None,
        }
    }
}

impl From<OnFailure> for OnFailureBody {
    fn from(on_failure: OnFailure) -> Self {
        match on_failure {
            OnFailure::Wait => Self::Wait,
            OnFailure::Lapse => Self::Lapse,
            OnFailure::Apply => Self::Apply,
        }
    }
}

impl From<Settlement> for SettlementBody {
    fn from(settlement: Settlement) -> Self {
        match settlement {
            Settlement::Now => Self::Now,
            Settlement::NextInvoice => Self::NextInvoice,
            Settlement::ChargeWaits => Self::ChargeWaits,
        }
    }
}

impl From<PlanCredits> for PlanCreditsBody {
    fn from(credits: PlanCredits) -> Self {
        let PlanCredits { left, granted, of_plan, part } = credits;
        Self { left, granted, of_plan, part: part.map(|part| part.to_string()) }
    }
}

impl CreditsCountBody {
    /// A count as data and as a sentence.
    fn of(count: CreditsCount, after: Option<PlanCredits>, language: Language) -> Self {
        let explanation = count.sentence(after, language, |amount| plan_credits(language, amount));
        let empty =
            Self { before: None, after: 0, rest: None, whole: None, unit: None, spent: None, over: None, explanation };
        match count {
            CreditsCount::Shared { before, after, rest, whole, unit, spent } => Self {
                before: Some(before),
                after,
                rest: Some(rest),
                whole: Some(whole),
                unit: Some(word(&unit)),
                spent: spent.map(|spent| spent.to_string()),
                ..empty
            },
            CreditsCount::Begun { after, over } => Self { after, over: Some(over.to_string()), ..empty },
        }
    }
}

/// A discount as catalogues write it.
pub fn discount_terms(discount: Discount) -> String {
    match discount {
        Discount::Percent(percent) => format!("{percent}%"),
        Discount::Amount(amount) => amount.decimal(),
    }
}

impl From<Restart> for RestartBody {
    fn from(restart: Restart) -> Self {
        Self { seconds: restart.seconds }
    }
}

impl BasketBody {
    /// A basket, its plan with its name.
    pub fn of(basket: &Basket, plan_name: &str) -> Self {
        Self {
            plan: basket.plan.to_string(),
            plan_name: plan_name.to_owned(),
            cycle: basket.cycle,
            options: basket.options.clone(),
        }
    }
}
