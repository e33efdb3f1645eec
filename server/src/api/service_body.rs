//! A service as JSON: the subscription and the machine it pays for, as one thing.

use billing::account::{Component, Subscription};
use billing::calendar::Cycle;
use billing::catalogue::Size;
use billing::command::PaymentChoice;
use billing::effect::TestCard;
use billing::name::Named;
use billing::policy::Policy;
use billing::service::{Progress, Service};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{OpenChange, SubscriptionRow};
use utoipa::ToSchema;

use super::cancellation::CancellationBody;
use super::money_body::{Amount, SpanBody};
use super::problem::Problem;
use super::quote_body::{BilledBody, PlanCreditsBody, TaxBody, discount_terms};
use super::usage::UsageBody;

/// A service: a subscription and the machine it pays for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Service)]
pub struct ServiceBody {
    /// Its id.
    #[schema(example = "srv_019a2f0c3b7d7c31a1c4f2f3f6a00003")]
    pub id: String,
    /// The customer whose it is.
    #[schema(example = "acc_019a2f0c3b7d7c31a1c4f2f3f6a00000")]
    pub customer: String,
    /// The name the customer gave it, such as a host name.
    #[schema(example = "web-1.example.org")]
    pub label: String,
    /// The product's code.
    #[schema(example = "server")]
    pub product: String,
    /// The plan's code.
    #[schema(example = "standard")]
    pub plan: String,
    /// The plan's name.
    #[schema(example = "Standard")]
    pub plan_name: String,
    /// How often it is billed.
    #[schema(value_type = String, example = "month")]
    pub cycle: Cycle,
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub started_at: Timestamp,
    /// The present period.
    pub period: SpanBody,
    /// What the next full period costs, as prices are written.
    pub recurring: Amount,
    /// How renewals are paid.
    pub pays_by: PaysBy,
    /// How the machine stands.
    pub machine: Machine,
    /// The change that waits for its payment or for the next period.
    pub open_change: Option<OpenChangeBody>,
    /// Its cancellation, scheduled or done; null where it goes on.
    pub cancellation: Option<CancellationBody>,
}

/// A service with everything about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceDetail {
    /// The service.
    #[serde(flatten)]
    pub service: ServiceBody,
    /// The quantity of each option, by code.
    #[schema(value_type = BTreeMap<String, u32>, example = json!({ "memory": 2 }))]
    pub options: Named<u32>,
    /// What is billed: the plan and its options, each at the price it was sold at.
    pub items: Vec<ItemBody>,
    /// The plan credits of the present period, such as hours; null where the plan gives none.
    pub credits: Option<PlanCreditsBody>,
    /// What meters counted in the present period, and what it comes to so far: it is billed when the period is over.
    pub usage: Vec<UsageBody>,
    /// When the trial is over that is running, and the first period is invoiced; null where none is.
    #[schema(value_type = Option<String>, format = DateTime, example = json!(null))]
    pub trial_until: Option<Timestamp>,
    /// The most that was charged, or waived, for that trial; null where it costs nothing, and where none runs.
    #[schema(example = json!(null))]
    pub trial_price: Option<Amount>,
    /// When its periods are billed.
    pub billed: BilledBody,
    /// What waits for the next invoice, with tax: of changes of this period, and of the period itself in arrears. Positive to
    /// pay, negative to take off.
    pub waiting: Amount,
    /// What covers the present and future: what was billed for which time, and how much of it was paid.
    pub coverage: Vec<CoverageBody>,
}

/// How a machine stands: what it shall have, what it was last seen to have.
#[derive(Debug, Serialize, ToSchema)]
pub struct Machine {
    /// What it shall have, by resource.
    #[schema(value_type = BTreeMap<String, i64>, example = json!({ "cpus": 4, "memory_mb": 8192 }))]
    pub desired: Size,
    /// What the customer may do with it: `full`, `restricted` while a renewal is owed past its grace, or
    /// `ended` with its subscription.
    #[schema(example = "full")]
    pub access: String,
    /// Grows by one with every new desired size or access.
    pub generation: i64,
    /// The size of a plan that staff assigned, where the module was not asked for it yet; null otherwise.
    #[schema(value_type = Option<BTreeMap<String, i64>>, example = json!(null))]
    pub package: Option<Size>,
    /// What it was last seen to have; null before the first time.
    #[schema(value_type = Option<BTreeMap<String, i64>>, example = json!({ "cpus": 2, "memory_mb": 4096 }))]
    pub observed: Option<Size>,
    /// The generation that was last seen to be done; 0 before the first.
    pub observed_generation: i64,
    /// How the work on the desired size stands.
    pub progress: ProgressBody,
    /// When `progress` last changed.
    #[schema(value_type = String, format = DateTime)]
    pub progress_at: Timestamp,
    /// Why it failed, where it did.
    #[schema(example = json!(null))]
    pub failure: Option<String>,
}

/// How the work on a desired size stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Progress)]
pub enum ProgressBody {
    /// A module has been asked; nothing is known yet.
    Wanted,
    /// The work has begun.
    Working,
    /// The observed size is the desired one.
    Done,
    /// The module could not; staff can try again.
    Failed,
}

/// A change that waits for its payment, for the next period or for its day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenChange)]
pub struct OpenChangeBody {
    /// Its id.
    pub id: String,
    /// The name of the plan it leads to.
    pub to_plan: String,
    /// When it lapses unpaid, or is made all the same; null where it is scheduled.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub lapses_at: Option<Timestamp>,
    /// When it is made, where it is scheduled: with the start of the next period, or of the day that was chosen.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub scheduled_for: Option<Timestamp>,
    /// Its invoice; null where nothing is to pay now.
    pub invoice: Option<String>,
}

/// One thing that is billed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Item)]
pub struct ItemBody {
    /// Its id.
    pub id: String,
    /// The plan's or option's code.
    #[schema(example = "standard")]
    pub code: String,
    /// Is it the plan, or an option?
    pub is_plan: bool,
    /// Its name, when it was sold.
    #[schema(example = "Standard")]
    pub text: String,
    /// The list price of one unit for one cycle, when it was sold; null where units cost by how many there are.
    pub unit_price: Option<Amount>,
    /// The list price of all units for one cycle, when they were sold.
    pub list_price: Amount,
    /// What is taken off the list price of all units, as the catalogue writes it: `10%` or `5.00`.
    #[schema(example = "10%")]
    pub discount: Option<String>,
    /// How many units.
    pub quantity: u32,
}

/// A stretch of time that was billed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Coverage)]
pub struct CoverageBody {
    /// The item.
    pub item: String,
    /// The code of the plan or option that was billed.
    pub code: String,
    /// Its name, when it was billed.
    pub text: String,
    /// The time.
    pub span: SpanBody,
    /// The same time at the list price.
    pub gross: Amount,
    /// `gross − net`: what was taken off the list price.
    pub discount: Amount,
    /// What was billed for it, as prices are written.
    pub net: Amount,
    /// The tax billed with it: on top of `net`, or inside it where the rate says so.
    pub tax: Amount,
    /// The rate of that tax.
    pub tax_rate: Option<TaxBody>,
    /// How much of `net` was paid; its tax was paid with it.
    pub collected: Amount,
    /// The document that billed it; null where it cost nothing, or waits for the next invoice.
    pub document: Option<String>,
}

/// How something is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "method": "card", "card": "pays" }))]
pub struct PaysBy {
    /// How.
    pub method: Method,
    /// Which card; needed with the method `card`, and with no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

/// A way to pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By a card, at once.
    Card,
    /// By bank transfer; staff mark it as received.
    BankTransfer,
}

/// The cards of the built-in sandbox gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Card {
    /// Pays.
    Pays,
    /// Is declined.
    Declines,
    /// Is charged, but the answer never arrives: the gateway is asked until it is known.
    TimesOutAfterCharging,
}

impl PaysBy {
    /// The choice, where method and card fit together.
    pub fn choice(self) -> Result<PaymentChoice, Problem> {
        match (self.method, self.card) {
            (Method::Card, Some(card)) => Ok(PaymentChoice::Card(card.into())),
            (Method::BankTransfer, None) => Ok(PaymentChoice::BankTransfer),
            (Method::Card, None) => {
                Err(Problem::bad_field("/pays_by/card", "The method `card` needs the field /pays_by/card."))
            }
            (Method::BankTransfer, Some(_)) => {
                Err(Problem::bad_field("/pays_by/card", "The method `bank_transfer` takes no card."))
            }
        }
    }
}

impl From<PaymentChoice> for PaysBy {
    fn from(choice: PaymentChoice) -> Self {
        match choice {
            PaymentChoice::Card(card) => Self { method: Method::Card, card: Some(card.into()) },
            PaymentChoice::BankTransfer => Self { method: Method::BankTransfer, card: None },
        }
    }
}

impl From<Card> for TestCard {
    fn from(card: Card) -> Self {
        match card {
            Card::Pays => Self::Pays,
            Card::Declines => Self::Declines,
            Card::TimesOutAfterCharging => Self::TimesOutAfterCharging,
        }
    }
}

impl From<TestCard> for Card {
    fn from(card: TestCard) -> Self {
        match card {
            TestCard::Pays => Self::Pays,
            TestCard::Declines => Self::Declines,
            TestCard::TimesOutAfterCharging => Self::TimesOutAfterCharging,
        }
    }
}

impl ServiceBody {
    /// A row of the list.
    pub fn of(row: &SubscriptionRow) -> Self {
        Self {
            id: row.service.id.to_string(),
            customer: row.account.to_string(),
            label: row.service.label.clone(),
            product: row.product.clone(),
            plan: row.plan.clone(),
            plan_name: row.plan_name.clone(),
            cycle: row.cycle,
            started_at: row.started_at,
            period: row.period.into(),
            recurring: row.recurring.into(),
            pays_by: row.pays_by.into(),
            machine: Machine::of(&row.service),
            open_change: row.open_change.as_ref().map(OpenChangeBody::of),
            cancellation: row.cancellation.as_deref().map(CancellationBody::of),
        }
    }
}

impl ServiceDetail {
    /// A row of the list, and the subscription as decisions see it.
    pub fn of(row: &SubscriptionRow, subscription: &Subscription, policy: Option<&Policy>) -> Self {
        let items = subscription.items.iter().filter(|item| item.quantity > 0);
        Self {
            service: ServiceBody::of(row),
            options: subscription.basket().options,
            items: items
                .map(|item| ItemBody {
                    id: item.id.to_string(),
                    code: item.code.to_string(),
                    is_plan: item.component == Component::Plan,
                    text: item.text.to_string(),
                    unit_price: item.tiers.is_none().then(|| item.unit_price.into()),
                    list_price: item.priced().list.into(),
                    discount: item.discount.map(discount_terms),
                    quantity: item.quantity,
                })
                .collect(),
            credits: subscription.credits.map(PlanCreditsBody::from),
            usage: policy.map(|policy| UsageBody::of(subscription, policy)).unwrap_or_default(),
            trial_until: subscription.trial_until,
            trial_price: subscription.one_time.trial.map(Amount::from),
            billed: subscription.billed.into(),
            waiting: subscription.waiting_payable().into(),
            coverage: subscription
                .coverage
                .iter()
                .map(|segment| CoverageBody {
                    item: segment.item.to_string(),
                    code: segment.code.to_string(),
                    text: segment.text.to_string(),
                    span: segment.span.into(),
                    gross: segment.gross.into(),
                    discount: (segment.gross - segment.net).into(),
                    net: segment.net.into(),
                    tax: segment.tax.into(),
                    tax_rate: segment.tax_rate.as_deref().map(TaxBody::of),
                    collected: segment.collected.into(),
                    document: segment.document.map(|id| id.to_string()),
                })
                .collect(),
        }
    }
}

impl Machine {
    fn of(service: &Service) -> Self {
        let (progress, failure) = match &service.progress {
            Progress::Wanted => (ProgressBody::Wanted, None),
            Progress::Working => (ProgressBody::Working, None),
            Progress::Done => (ProgressBody::Done, None),
            Progress::Failed { reason } => (ProgressBody::Failed, Some(reason.clone())),
        };
        Self {
            desired: service.desired.clone(),
            access: service.access.name().to_owned(),
            generation: service.generation,
            package: service.package.clone(),
            observed: service.observed.clone(),
            observed_generation: service.observed_generation,
            progress,
            progress_at: service.progress_at,
            failure,
        }
    }
}

impl OpenChangeBody {
    fn of(change: &OpenChange) -> Self {
        Self {
            id: change.id.to_string(),
            to_plan: change.to_plan.clone(),
            lapses_at: change.lapses_at,
            scheduled_for: change.scheduled_for,
            invoice: change.document.map(|id| id.to_string()),
        }
    }
}
