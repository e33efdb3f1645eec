//! What is asked in every state: each command, as it is meant and with each argument that has an answer of its own. To
//! add a row, add a line; `make` sees the house, so that it can name what is there.

use std::sync::LazyLock;

use billing::cancellation::{CancellationQuote, CancellationRequest, CancellationSummary};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Asker, Command, PaymentChoice, PaymentOutcome};
use billing::decide::{quote_cancellation, quote_plan_change};
use billing::effect::TestCard;
use billing::id::{AttemptId, ChangeId, DocumentId, ServiceId, SubscriptionId};
use billing::money::{Currency, Money};
use billing::payout::offer_payout;
use billing::policy::{Policies, When};
use billing::quote::{PlanChangeRequest, QuoteSummary};
use billing::service::ModuleReport;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

use crate::house::{House, NOBODYS, eur, monthly};
use crate::names;
use crate::scenes;

/// One way to ask a command.
pub struct Row {
    /// What is special about it.
    pub with: &'static str,
    /// The command, in a house.
    pub make: fn(&House) -> Command,
}

/// The ways to ask one command: what is special, and the command.
type Ways = &'static [Way];
type Way = (&'static str, fn(&House) -> Command);

/// Every way to ask the command of this name.
pub fn rows(command: &str) -> Vec<Row> {
    let list: Ways = match command {
        "open_account" => OPEN_ACCOUNT,
        "start_subscription" => START_SUBSCRIPTION,
        "submit_plan_change" => SUBMIT_PLAN_CHANGE,
        "withdraw_plan_change" => WITHDRAW_PLAN_CHANGE,
        "begin_plan_change" => BEGIN_PLAN_CHANGE,
        "lapse_plan_change" => LAPSE_PLAN_CHANGE,
        "pay_invoice" => PAY_INVOICE,
        "receive_transfer" => RECEIVE_TRANSFER,
        "settle_payment" => SETTLE_PAYMENT,
        "renew_subscription" => RENEW_SUBSCRIPTION,
        "retry_payment" => RETRY_PAYMENT,
        "restrict_access" => RESTRICT_ACCESS,
        "cancel_unpaid" => CANCEL_UNPAID,
        "cancel_subscription" => CANCEL_SUBSCRIPTION,
        "uncancel_subscription" => UNCANCEL_SUBSCRIPTION,
        "end_subscription" => END_SUBSCRIPTION,
        "use_credits" => USE_CREDITS,
        "report_usage" => REPORT_USAGE,
        "grant_goodwill" => GRANT_GOODWILL,
        "request_payout" => REQUEST_PAYOUT,
        "confirm_payout" => CONFIRM_PAYOUT,
        "return_payout" => RETURN_PAYOUT,
        "report_provision" => REPORT_PROVISION,
        "assign_plan" => ASSIGN_PLAN,
        "change_package" => CHANGE_PACKAGE,
        "retry_provision" => RETRY_PROVISION,
        other => panic!("command {other} has no row in billing/tests/states/rows.rs"),
    };
    list.iter().map(|(with, make)| Row { with, make: *make }).collect()
}

/// Every way to ask every command, with the command's name.
pub fn all() -> Vec<(&'static str, Row)> {
    names::COMMANDS.iter().flat_map(|command| rows(command).into_iter().map(|row| (*command, row))).collect()
}

const OPEN_ACCOUNT: Ways = &[("an account", |_| open("Alice")), ("an empty name", |_| open(" "))];

const START_SUBSCRIPTION: Ways = &[
    ("the small plan, by transfer", |_| start(monthly("s"), PaymentChoice::BankTransfer)),
    ("the small plan, by card", |_| start(monthly("s"), PaymentChoice::Card(TestCard::Pays))),
    ("the free plan", |_| start(monthly("free"), PaymentChoice::BankTransfer)),
    ("an unknown product", |house| match start(monthly("s"), PaymentChoice::BankTransfer) {
        Command::StartSubscription { basket, label, pays_by, .. } => {
            Command::StartSubscription { product: "boat".to_owned(), basket, label, pays_by, starts: None }
        }
        other => panic!("{other:?} in {:?}", house.now),
    }),
    ("an unknown plan", |_| start(monthly("xxl"), PaymentChoice::BankTransfer)),
    ("a retired plan", |_| start(monthly("old"), PaymentChoice::BankTransfer)),
    ("an unknown option", |_| start(with("disk", 1, monthly("s")), PaymentChoice::BankTransfer)),
    ("too much of an option", |_| start(with("memory", 9, monthly("s")), PaymentChoice::BankTransfer)),
    ("too little of an option", |_| start(monthly("team"), PaymentChoice::BankTransfer)),
    ("an option of another plan", |_| start(with("care", 1, monthly("s")), PaymentChoice::BankTransfer)),
    ("two options of one choice", |_| {
        start(with("ipv4", 1, with("ipv6", 1, monthly("s"))), PaymentChoice::BankTransfer)
    }),
    ("a cycle without a price", |_| start(yearly(monthly("m")), PaymentChoice::BankTransfer)),
    ("an empty label", |_| Command::StartSubscription {
        product: "server".to_owned(),
        basket: monthly("s"),
        label: String::new(),
        starts: None,
        pays_by: PaymentChoice::BankTransfer,
    }),
    ("from next month", |house| Command::StartSubscription {
        product: "server".to_owned(),
        basket: monthly("s"),
        label: "second".to_owned(),
        starts: Some(billing::calendar::Zone::utc().local(earlier(house, -30 * 24 * 60))),
        pays_by: PaymentChoice::BankTransfer,
    }),
];

const SUBMIT_PLAN_CHANGE: Ways = &[
    ("up, by transfer", |house| submit(house, up(house), PaymentChoice::BankTransfer)),
    ("up, by card", |house| submit(house, up(house), PaymentChoice::Card(TestCard::Pays))),
    ("down", |house| submit(house, down(house), PaymentChoice::BankTransfer)),
    ("up, with the next period", |house| submit_when(house, up(house), Some(When::PeriodEnd))),
    ("down, with the next period", |house| submit_when(house, down(house), Some(When::PeriodEnd))),
    ("up, on the day after", |house| submit_on(house, up(house), tomorrow(house), PaymentChoice::BankTransfer)),
    ("up, on a day before", |house| submit_on(house, up(house), date(2026, 4, 1), PaymentChoice::BankTransfer)),
    ("down, now", |house| submit_when(house, down(house), Some(When::Now))),
    ("an option more", |house| submit(house, with("memory", 2, house.basket()), PaymentChoice::BankTransfer)),
    ("a year", |house| submit(house, yearly(monthly("s")), PaymentChoice::BankTransfer)),
    ("Large, by a customer", |house| submit(house, monthly("l"), PaymentChoice::BankTransfer)),
    ("Large, by staff", |house| quoted(house, monthly("l"), Asker::Staff, house.now, &house.catalogue)),
    ("what it has", |house| submit(house, house.basket(), PaymentChoice::BankTransfer)),
    ("an unknown plan", |house| submit(house, monthly("xxl"), PaymentChoice::BankTransfer)),
    ("a retired plan", |house| submit(house, monthly("old"), PaymentChoice::BankTransfer)),
    ("an unknown option", |house| submit(house, with("disk", 1, up(house)), PaymentChoice::BankTransfer)),
    ("too much of an option", |house| submit(house, with("memory", 9, up(house)), PaymentChoice::BankTransfer)),
    ("too little of an option", |house| submit(house, monthly("team"), PaymentChoice::BankTransfer)),
    ("an option of another plan", |house| submit(house, with("care", 1, monthly("free")), PaymentChoice::BankTransfer)),
    ("two options of one choice", |house| {
        submit(house, with("ipv4", 1, with("ipv6", 1, up(house))), PaymentChoice::BankTransfer)
    }),
    ("a cycle without a price", |house| submit(house, yearly(up(house)), PaymentChoice::BankTransfer)),
    ("of an unknown subscription", |house| {
        let elsewhere = SubscriptionId::from_uuid(NOBODYS);
        let request = PlanChangeRequest {
            subscription: elsewhere,
            basket: monthly("m"),
            asked_by: Asker::Customer,
            when: None,
            on: None,
        };
        unquotable(request, house.now)
    }),
    ("quoted an hour ago", |house| quoted(house, up(house), Asker::Customer, earlier(house, 60), &house.catalogue)),
    ("quoted yesterday", |house| quoted(house, up(house), Asker::Customer, earlier(house, 24 * 60), &house.catalogue)),
    ("quoted from an earlier price list", |house| quoted(house, up(house), Asker::Customer, house.now, &house.earlier)),
    ("quoted otherwise", |house| match submit(house, up(house), PaymentChoice::BankTransfer) {
        Command::SubmitPlanChange { request, quoted_at, shown, pays_by, .. } => {
            Command::SubmitPlanChange { request, quoted_at, shown, pays_by, digest: "another".to_owned() }
        }
        other => panic!("{other:?} is no submission"),
    }),
];

const WITHDRAW_PLAN_CHANGE: Ways = &[
    ("the newest change", |house| Command::WithdrawPlanChange { change: house.change_id() }),
    ("an unknown change", |_| Command::WithdrawPlanChange { change: ChangeId::from_uuid(NOBODYS) }),
];

const BEGIN_PLAN_CHANGE: Ways = &[
    ("the newest change", |house| Command::BeginPlanChange { change: house.change_id() }),
    ("an unknown change", |_| Command::BeginPlanChange { change: ChangeId::from_uuid(NOBODYS) }),
];

const LAPSE_PLAN_CHANGE: Ways = &[
    ("the newest change", |house| Command::LapsePlanChange { change: house.change_id() }),
    ("an unknown change", |_| Command::LapsePlanChange { change: ChangeId::from_uuid(NOBODYS) }),
];

const PAY_INVOICE: Ways = &[
    ("the newest invoice", |house| Command::PayInvoice { invoice: house.invoice_id(), card: TestCard::Pays }),
    ("the oldest open invoice", |house| Command::PayInvoice { invoice: house.oldest_open(), card: TestCard::Pays }),
    ("an unknown invoice", |_| Command::PayInvoice { invoice: DocumentId::from_uuid(NOBODYS), card: TestCard::Pays }),
];

const RECEIVE_TRANSFER: Ways = &[
    ("of the newest invoice", |house| transfer(house, Some(house.invoice_id()), house.due(house.invoice_id()))),
    ("of the oldest open invoice", |house| transfer(house, Some(house.oldest_open()), house.due(house.oldest_open()))),
    ("a cent too little", |house| transfer(house, Some(house.invoice_id()), house.due(house.invoice_id()) - eur(1))),
    ("a cent too much", |house| transfer(house, Some(house.invoice_id()), house.due(house.invoice_id()) + eur(1))),
    ("for no invoice", |house| transfer(house, None, eur(1000))),
    ("for an unknown invoice", |house| transfer(house, Some(DocumentId::from_uuid(NOBODYS)), eur(1000))),
    ("of nothing", |house| transfer(house, Some(house.invoice_id()), eur(0))),
    ("in another currency", |house| transfer(house, Some(house.invoice_id()), sek(1000))),
    ("without a reference", |house| Command::ReceiveTransfer {
        invoice: Some(house.invoice_id()),
        amount: house.due(house.invoice_id()),
        reference: String::new(),
    }),
];

const SETTLE_PAYMENT: Ways = &[
    ("captured", |house| settle(house, PaymentOutcome::Captured { amount: house.attempt_amount() })),
    ("captured, a cent less", |house| {
        settle(house, PaymentOutcome::Captured { amount: house.attempt_amount() - eur(1) })
    }),
    ("captured, nothing", |house| settle(house, PaymentOutcome::Captured { amount: eur(0) })),
    ("captured, in another currency", |house| settle(house, PaymentOutcome::Captured { amount: sek(1000) })),
    ("failed", |house| settle(house, PaymentOutcome::Failed { reason: "declined".to_owned() })),
    ("unknown", |house| settle(house, PaymentOutcome::Unknown)),
    ("of an unknown attempt", |house| Command::SettlePayment {
        attempt: AttemptId::from_uuid(NOBODYS),
        outcome: PaymentOutcome::Captured { amount: house.attempt_amount() },
        event: None,
    }),
];

const RENEW_SUBSCRIPTION: Ways = &[
    ("the next period", |house| renew(house, 1)),
    ("the present period", |house| renew(house, 0)),
    ("the period after the next", |house| renew(house, 2)),
    ("of an unknown subscription", |_| Command::RenewSubscription {
        subscription: SubscriptionId::from_uuid(NOBODYS),
        ordinal: 1,
    }),
];

const RETRY_PAYMENT: Ways = &[
    ("the next retry of the oldest open invoice", |house| retry(house, 1)),
    ("the retry before", |house| retry(house, 0)),
    ("the retry after the next", |house| retry(house, 2)),
    ("of an unknown invoice", |_| Command::RetryPayment { invoice: DocumentId::from_uuid(NOBODYS), number: 1 }),
];

const RESTRICT_ACCESS: Ways = &[
    ("for the oldest open invoice", |house| Command::RestrictAccess { invoice: house.oldest_open() }),
    ("for an unknown invoice", |_| Command::RestrictAccess { invoice: DocumentId::from_uuid(NOBODYS) }),
];

const CANCEL_UNPAID: Ways = &[
    ("for the oldest open invoice", |house| Command::CancelUnpaid { invoice: house.oldest_open() }),
    ("for an unknown invoice", |_| Command::CancelUnpaid { invoice: DocumentId::from_uuid(NOBODYS) }),
];

const CANCEL_SUBSCRIPTION: Ways = &[
    ("now, by staff", |house| cancel(house, When::Now, Asker::Staff)),
    ("with its period", |house| cancel(house, When::PeriodEnd, Asker::Customer)),
    ("now, by the customer", |house| cancel(house, When::Now, Asker::Customer)),
    ("now, the quote of the day before", |house| cancel_of(house, When::Now, Asker::Staff, earlier(house, 24 * 60))),
    ("now, the quote of an hour before", |house| cancel_of(house, When::Now, Asker::Staff, earlier(house, 60))),
    ("with its period, without a quote", |house| match cancel(house, When::PeriodEnd, Asker::Staff) {
        Command::CancelSubscription { request, quoted_at, shown, reason, .. } => {
            Command::CancelSubscription { request, quoted_at, digest: "0".repeat(64), shown, reason }
        }
        other => panic!("{other:?} cancels nothing"),
    }),
    ("of an unknown subscription", |house| match cancel(house, When::Now, Asker::Staff) {
        Command::CancelSubscription { mut request, quoted_at, digest, shown, reason } => {
            request.subscription = SubscriptionId::from_uuid(NOBODYS);
            Command::CancelSubscription { request, quoted_at, digest, shown, reason }
        }
        other => panic!("{other:?} cancels nothing"),
    }),
];

const UNCANCEL_SUBSCRIPTION: Ways = &[
    ("its subscription", |house| Command::UncancelSubscription { subscription: house.subscription_id() }),
    ("an unknown subscription", |_| Command::UncancelSubscription { subscription: SubscriptionId::from_uuid(NOBODYS) }),
];

const END_SUBSCRIPTION: Ways = &[
    ("its subscription", |house| Command::EndSubscription { subscription: house.subscription_id() }),
    ("an unknown subscription", |_| Command::EndSubscription { subscription: SubscriptionId::from_uuid(NOBODYS) }),
];

const REPORT_USAGE: Ways = &[
    ("5 units", |house| report_usage(house, "gb", 5)),
    ("none", |house| report_usage(house, "gb", 0)),
    ("more than a period counts", |house| report_usage(house, "gb", u32::MAX)),
    ("of an unknown meter", |house| report_usage(house, "water", 5)),
    ("of an unknown subscription", |_| Command::ReportUsage {
        subscription: SubscriptionId::from_uuid(NOBODYS),
        meter: "gb".into(),
        units: 5,
    }),
];

const USE_CREDITS: Ways = &[
    ("5 hours", |house| Command::UseCredits { subscription: house.subscription_id(), amount: 5 }),
    ("more than any plan gives", |house| Command::UseCredits { subscription: house.subscription_id(), amount: 1000 }),
    ("none", |house| Command::UseCredits { subscription: house.subscription_id(), amount: 0 }),
    ("of an unknown subscription", |_| Command::UseCredits {
        subscription: SubscriptionId::from_uuid(NOBODYS),
        amount: 5,
    }),
];

const GRANT_GOODWILL: Ways = &[
    ("5.00", |_| goodwill(eur(500), "an outage")),
    ("nothing", |_| goodwill(eur(0), "an outage")),
    ("in another currency", |_| goodwill(sek(500), "an outage")),
    ("without a reason", |_| goodwill(eur(500), "")),
];

const REQUEST_PAYOUT: Ways = &[
    ("5.00 for the fee on it", |house| request_payout(house, 500)),
    ("0.01 for the fee on it", |house| request_payout(house, 1)),
    ("5.00 for a fee of 0.07", |_| payout_for(eur(500), eur(7), "a bank")),
    ("1000.00 for nothing", |_| payout_for(eur(100_000), eur(0), "a bank")),
    ("nothing", |_| payout_for(eur(0), eur(0), "a bank")),
    ("in another currency", |_| payout_for(sek(500), sek(0), "a bank")),
    ("0.01 for nothing, by the customer", |_| Command::RequestPayout {
        amount: eur(1),
        fee: Some(eur(0)),
        to: "a bank".to_owned(),
        asked_by: Asker::Customer,
    }),
    ("to nowhere", |_| payout_for(eur(500), eur(0), "")),
];

const CONFIRM_PAYOUT: Ways = &[
    ("the payout", |house| confirm_payout(house, "out 1")),
    ("without a reference", |house| confirm_payout(house, "")),
    ("another payout", |_| Command::ConfirmPayout {
        payout: DocumentId::from_uuid(NOBODYS),
        reference: "out 2".to_owned(),
    }),
];

const RETURN_PAYOUT: Ways = &[
    ("the payout", |house| return_payout(house, "no such account")),
    ("without a reason", |house| return_payout(house, "")),
];

const REPORT_PROVISION: Ways = &[
    ("working", |house| report(house, 0, ModuleReport::Working)),
    ("done", |house| report(house, 0, read_back(house))),
    ("done, and another size is read back", |house| {
        report(house, 0, ModuleReport::Done { observed: Default::default(), access: Default::default() })
    }),
    ("failed", |house| report(house, 0, ModuleReport::Failed { reason: "the host is full".to_owned() })),
    ("done, of the generation before", |house| report(house, -1, read_back(house))),
    ("done, of a generation to come", |house| report(house, 1, read_back(house))),
    ("of an unknown service", |house| Command::ReportProvision {
        service: ServiceId::from_uuid(NOBODYS),
        generation: 1,
        report: read_back(house),
    }),
];

const RETRY_PROVISION: Ways = &[
    ("its service", |house| Command::RetryProvision { service: house.service_id() }),
    ("an unknown service", |_| Command::RetryProvision { service: ServiceId::from_uuid(NOBODYS) }),
];

const ASSIGN_PLAN: Ways = &[
    ("the next larger plan, at the present amount", |house| assign(house, up(house), false)),
    ("the next larger plan, recalculated", |house| assign(house, up(house), true)),
    ("Large", |house| assign(house, monthly("l"), false)),
    ("a smaller plan", |house| assign(house, down(house), false)),
    ("an option more", |house| assign(house, with("memory", 2, house.basket()), false)),
    ("what it has", |house| assign(house, house.basket(), false)),
    ("what it has, recalculated", |house| assign(house, house.basket(), true)),
    ("an unknown plan", |house| assign(house, monthly("xxl"), false)),
    ("a retired plan", |house| assign(house, monthly("old"), false)),
    ("an unknown option", |house| assign(house, with("disk", 1, up(house)), false)),
    ("too little of an option", |house| assign(house, monthly("team"), false)),
    ("without a reason", |house| match assign(house, up(house), false) {
        Command::AssignPlan { subscription, plan, options, recalculate, .. } => {
            Command::AssignPlan { subscription, plan, options, recalculate, reason: String::new() }
        }
        other => panic!("{other:?} assigns nothing"),
    }),
    ("of an unknown subscription", |_| Command::AssignPlan {
        subscription: SubscriptionId::from_uuid(NOBODYS),
        plan: "m".into(),
        options: Default::default(),
        recalculate: false,
        reason: "a promise".to_owned(),
    }),
];

const CHANGE_PACKAGE: Ways = &[
    ("its service", |house| Command::ChangePackage { service: house.service_id() }),
    ("an unknown service", |_| Command::ChangePackage { service: ServiceId::from_uuid(NOBODYS) }),
];

/// The retry of the oldest open invoice that is so many after those behind it.
pub fn retry(house: &House, more: usize) -> Command {
    let invoice = house.oldest_open();
    let dunning = house.invoices.get(&invoice).and_then(|invoice| invoice.dunning.as_ref());
    Command::RetryPayment { invoice, number: dunning.map_or(0, |dunning| dunning.retried) + more }
}

/// Cancels the subscription by a quote of this moment.
pub fn cancel(house: &House, when: When, asked_by: Asker) -> Command {
    cancel_of(house, when, asked_by, house.now)
}

/// The same by a quote of another moment; where none can be had, as if one had been.
fn cancel_of(house: &House, when: When, asked_by: Asker, at: Timestamp) -> Command {
    let request = CancellationRequest { subscription: house.subscription_id(), when, asked_by };
    let account = house.account.as_ref();
    let quote =
        account.and_then(|account| quote_cancellation(house.facts(&house.catalogue), account, &request, at).ok());
    let nothing = CancellationSummary {
        when,
        ends_at: at,
        credit: eur(0),
        debt_released: eur(0),
        total: eur(0),
        due: eur(0),
        to_balance: eur(0),
        catalogue_version: house.catalogue.version,
    };
    let digest = quote.as_ref().map_or("0".repeat(64), CancellationQuote::digest);
    let shown = Box::new(quote.map_or(nothing, |quote| quote.summary()));
    Command::CancelSubscription { request, quoted_at: at, digest, shown, reason: Some("moved away".to_owned()) }
}

/// Staff assign a plan.
pub fn assign(house: &House, basket: Basket, recalculate: bool) -> Command {
    Command::AssignPlan {
        subscription: house.subscription_id(),
        plan: basket.plan,
        options: basket.options,
        recalculate,
        reason: "a promise".to_owned(),
    }
}

/// Opens the account.
pub fn open(name: &str) -> Command {
    Command::OpenAccount {
        storefront: "story".to_owned(),
        name: name.to_owned(),
        email: "alice@example.org".to_owned(),
        zone: billing::calendar::Zone::utc(),
        currency: eur(0).currency,
    }
}

/// Starts a subscription now.
pub fn start(basket: Basket, pays_by: PaymentChoice) -> Command {
    Command::StartSubscription {
        product: "server".to_owned(),
        basket,
        label: "server".to_owned(),
        starts: None,
        pays_by,
    }
}

/// Submits a change that is quoted at this moment to a customer, or would be.
pub fn submit(house: &House, basket: Basket, by: PaymentChoice) -> Command {
    match quoted(house, basket, Asker::Customer, house.now, &house.catalogue) {
        Command::SubmitPlanChange { request, quoted_at, digest, shown, .. } => {
            Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by: by }
        }
        other => panic!("{other:?} is no submission"),
    }
}

/// Submits a change whose moment the customer chooses.
pub fn submit_when(house: &House, basket: Basket, when: Option<When>) -> Command {
    let request =
        PlanChangeRequest { subscription: house.subscription_id(), basket, asked_by: Asker::Customer, when, on: None };
    of_request(house, request, house.now, &house.catalogue)
}

/// Submits a change on a day that the customer chooses.
pub fn submit_on(house: &House, basket: Basket, day: Date, by: PaymentChoice) -> Command {
    let (subscription, asked_by) = (house.subscription_id(), Asker::Customer);
    let request = PlanChangeRequest { subscription, basket, asked_by, when: None, on: Some(day) };
    match of_request(house, request, house.now, &house.catalogue) {
        Command::SubmitPlanChange { request, quoted_at, digest, shown, .. } => {
            Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by: by }
        }
        other => panic!("{other:?} is no submission"),
    }
}

fn tomorrow(house: &House) -> Date {
    let zone = billing::calendar::Zone::utc();
    zone.date(zone.start_of_next_day(house.now))
}

/// A transfer under a reference of its own; asked again it has the same one.
pub fn transfer(house: &House, invoice: Option<DocumentId>, amount: Money) -> Command {
    Command::ReceiveTransfer { invoice, amount, reference: format!("transfer {}", house.commands) }
}

/// The answer of the gateway on the newest attempt. It has no event of its own, so that the second one is decided too.
pub fn settle(house: &House, outcome: PaymentOutcome) -> Command {
    Command::SettlePayment { attempt: house.attempt_id(), outcome, event: None }
}

/// Staff put an amount on the balance.
pub fn goodwill(amount: Money, reason: &str) -> Command {
    Command::GrantGoodwill { amount, reason: reason.to_owned() }
}

/// So much of the balance is to be paid out, for the fee that is on it.
pub fn request_payout(house: &House, minor: i64) -> Command {
    let (catalogue, policies) = (&house.catalogue, &Policies::presets());
    let offer = house
        .account
        .as_ref()
        .and_then(|account| offer_payout(catalogue, policies, account, eur(minor), Asker::Staff).ok());
    payout_for(eur(minor), offer.map_or(eur(0), |offer| offer.fee), "a bank")
}

fn payout_for(amount: Money, fee: Money, to: &str) -> Command {
    Command::RequestPayout { amount, fee: Some(fee), to: to.to_owned(), asked_by: Asker::Staff }
}

/// Staff sent the payout that is open, or the last one that was.
pub fn confirm_payout(house: &House, reference: &str) -> Command {
    Command::ConfirmPayout { payout: house.payout_id(), reference: reference.to_owned() }
}

/// The payout came back.
pub fn return_payout(house: &House, reason: &str) -> Command {
    Command::ReturnPayout { payout: house.payout_id(), reason: reason.to_owned() }
}

/// So many units of a meter were used.
pub fn report_usage(house: &House, meter: &str, units: u32) -> Command {
    Command::ReportUsage { subscription: house.subscription_id(), meter: meter.into(), units }
}

/// Begins the period so many after the present one.
pub fn renew(house: &House, periods: i64) -> Command {
    let present = house.subscription().map_or(0, |subscription| subscription.period_ordinal());
    Command::RenewSubscription { subscription: house.subscription_id(), ordinal: present + periods }
}

/// A module's report on the generation so many after the present one.
pub fn report(house: &House, generations: i64, report: ModuleReport) -> Command {
    let present = house.subscription().map_or(1, |subscription| subscription.service.generation);
    Command::ReportProvision { service: house.service_id(), generation: present + generations, report }
}

/// The module read back what was wanted.
pub fn read_back(house: &House) -> ModuleReport {
    let service =
        house.subscription().map(|subscription| (subscription.service.desired.clone(), subscription.service.access));
    let (observed, access) = service.unwrap_or_default();
    ModuleReport::Done { observed, access }
}

fn quoted(house: &House, basket: Basket, asked_by: Asker, at: Timestamp, catalogue: &Catalogue) -> Command {
    let request = PlanChangeRequest { subscription: house.subscription_id(), basket, asked_by, when: None, on: None };
    of_request(house, request, at, catalogue)
}

fn of_request(house: &House, request: PlanChangeRequest, at: Timestamp, catalogue: &Catalogue) -> Command {
    let account = house.account.as_ref();
    let quote = account.and_then(|account| quote_plan_change(house.facts(catalogue), account, &request, at).ok());
    let Some(quote) = quote else { return unquotable(request, at) };
    let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
    Command::SubmitPlanChange { request, quoted_at: at, digest, shown, pays_by: PaymentChoice::BankTransfer }
}

/// A submission of what cannot be quoted, with a summary of something else.
fn unquotable(request: PlanChangeRequest, quoted_at: Timestamp) -> Command {
    let (digest, shown) = (String::new(), Box::new(ANY_SUMMARY.clone()));
    Command::SubmitPlanChange { request, quoted_at, digest, shown, pays_by: PaymentChoice::BankTransfer }
}

/// The money of some other quote, as a forged submission would show it.
static ANY_SUMMARY: LazyLock<QuoteSummary> = LazyLock::new(|| {
    let house = scenes::running("vps");
    let request = PlanChangeRequest {
        subscription: house.subscription_id(),
        basket: monthly("m"),
        asked_by: Asker::Customer,
        when: None,
        on: None,
    };
    let account = house.account.as_ref().expect("an open account");
    quote_plan_change(house.facts(&house.catalogue), account, &request, house.now).expect("a quote").summary()
});

/// The next larger plan that customers may choose, with the options there are.
fn up(house: &House) -> Basket {
    next_plan(house, &[("free", "s"), ("s", "m"), ("m", "l")])
}

/// The next smaller plan.
fn down(house: &House) -> Basket {
    next_plan(house, &[("l", "m"), ("m", "s"), ("s", "free")])
}

fn next_plan(house: &House, steps: &[(&str, &str)]) -> Basket {
    let present = house.basket();
    let plan = steps.iter().find(|(from, _)| *from == present.plan).map_or(present.plan.as_str(), |(_, to)| *to);
    Basket { plan: plan.into(), ..present.clone() }
}

fn with(option: &str, quantity: u32, mut basket: Basket) -> Basket {
    basket.options.insert(option.into(), quantity);
    basket
}

fn yearly(basket: Basket) -> Basket {
    Basket { cycle: billing::calendar::Cycle::YEAR, ..basket }
}

fn earlier(house: &House, minutes: i64) -> Timestamp {
    house.now.checked_sub(SignedDuration::from_mins(minutes)).expect("a moment in range")
}

fn sek(minor: i64) -> Money {
    Money::new(minor, Currency::parse("SEK").expect("a currency"))
}
