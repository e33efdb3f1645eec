//! Behaviours: what becomes of a customer whose commands go through `decide`, where a vector asks for no figure: is a
//! change that is not paid made, what does the same change do twice, when is one made that waits for the next period.

use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

use super::changes::given_period;
use super::found::Found;
use super::items::Role;
use super::lines::cycle_of;
use super::{Answer, Case, Unsayable};
use crate::account::{Account, AttemptState};
use crate::calendar::{Cycle, Zone};
use crate::catalogue::{Basket, Catalogue};
use crate::command::{Actor, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use crate::decide::{Facts, decide, quote_plan_change};
use crate::effect::TestCard;
use crate::id::{AccountId, CommandId};
use crate::laws;
use crate::money::{Currency, Money, sum};
use crate::policy::{Policies, Policy};
use crate::quote::{PlanChangeRequest, Quote};
use crate::refusal::Refusal;

pub(super) fn answer(case: &Case<'_>) -> Result<Answer, Unsayable> {
    match case.family {
        "payment_gated" => gated(case),
        "idempotent_change" => twice(case),
        "schedule_change" => deferred(case),
        _ => Err(case.no_question()),
    }
    .map(Answer::from)
}

/// The plan before and after the invoice of an upgrade is paid.
fn gated(case: &Case<'_>) -> Result<Found, Unsayable> {
    let activation = case.term("activation")?;
    let gate = match activation.as_str() {
        "on_invoice_paid" | "on_payment" | "when paid" => "paid",
        "immediate" | "immediately" | "at_once" | "at once" => "none",
        _ => return Err(case.policy.not_a("activation", "a gate that Midcycle has")),
    };
    if case.input.text("request")?.is_some_and(|word| word != "upgrade") {
        return Err(case.input.not_a("request", "upgrade"));
    }
    let is_paid = match case.input.text("invoice")? {
        None | Some("unpaid") => false,
        Some("paid") => true,
        Some(_) => return Err(case.input.not_a("invoice", "paid or unpaid")),
    };
    let mut customer = Customer::on_old(&format!("gate = \"{gate}\""))?;
    let quote = customer.quote(customer.now)?;
    customer.submit(&quote)?;
    let before = customer.plan();
    customer.pay_transfer(&quote)?;
    let now = if is_paid { customer.plan() } else { before };
    Ok(Found::map([("plan_now", Found::Text(now)), ("after_payment", Found::Text(customer.plan()))]))
}

/// What stands after a change was asked for once, and after it was asked for again.
fn twice(case: &Case<'_>) -> Result<Found, Unsayable> {
    case.knows("no_op_change", &["identical result", "no new lines"])?;
    let request = case.input.text("request")?.unwrap_or("");
    if !request.ends_with("twice") {
        return Err(case.input.not_a("request", "a change that is asked for twice"));
    }
    let mut customer = Customer::on_old("gate = \"none\"")?;
    let quote = customer.quote(customer.now)?;
    customer.submit(&quote)?;
    let first = customer.account.clone();
    let again = customer.request(customer.now);
    let is_refused = again == Err(Refusal::SamePlan);
    if let Ok(quote) = again {
        customer.submit(&quote)?;
    }
    Ok(Found::map([("second_equals_first", Found::Flag(is_refused && customer.account == first))]))
}

/// When a change is made that waits for the next period, and what it costs now.
fn deferred(case: &Case<'_>) -> Result<Found, Unsayable> {
    if case.term("policy_id")? != "deferred" {
        return Err(case.policy.not_a("policy_id", "a moment of a change that Midcycle has"));
    }
    let items = case.items()?;
    let price = |role| items.iter().find(|item| item.role == role).map(|item| item.list);
    let (Some(old), Some(new), 2) = (price(Role::Leaves), price(Role::Comes), items.len()) else {
        return Err(case.input.missing("items"));
    };
    case.policy.set_aside(&["time_unit", "rounding"]);
    let zone = case.zone()?;
    let period = case.input.object("period")?.ok_or_else(|| case.input.missing("period"))?;
    let full = given_period(&period, &zone, false)?;
    // What waits for the next period is the same whenever it was asked for.
    let at = case.input.instant("change_at", &zone)?.unwrap_or(full.from);
    if !full.contains(at) {
        return Err(case.input.not_a("change_at", "in the period"));
    }
    let shop = Shop { old, new, cycle: cycle_of(full, &zone), zone: zone.clone() };
    let customer = Customer::start(&shop, "when = \"period_end\"", zone.local(full.from))?;
    let quote = customer.quote(at)?;
    if customer.account.subscriptions[0].period != full {
        return Err(case.input.not_a("period", "a period that begins where it is counted from"));
    }
    let effective = zone.local(quote.period.from);
    Ok(Found::map([
        ("charge_now", Found::from(quote.due)),
        ("charge", Found::from(quote.charge)),
        ("credit", Found::from(quote.credit)),
        ("effective_at", Found::Moment(effective)),
        ("next_charge", Found::from(quote.recurring_after)),
    ]))
}

/// What is sold: two plans at one cycle.
struct Shop {
    old: Money,
    new: Money,
    cycle: Cycle,
    zone: Zone,
}

impl Shop {
    fn catalogue(&self) -> Result<Catalogue, Unsayable> {
        let currency = self.old.currency;
        let plan = |code: &str, price: Money| {
            format!(
                "[[products.plans]]\ncode = \"{code}\"\nname = \"{code}\"\nsize = {{}}\nprices = [{{ cycle = \"{}\", \
                 amount = \"{}\", currency = \"{currency}\" }}]\n",
                self.cycle,
                price.decimal()
            )
        };
        let text = format!(
            "storefront = \"asked\"\nversion = 1\nbrand = \"Asked\"\naccent = \"ember\"\nsupport_email = \"help@asked.example\"\n\
             language = \"en\"\nzone = \"{}\"\ncurrency = \"{currency}\"\nbank_account = \"none\"\n[[products]]\n\
             code = \"service\"\nname = \"Service\"\npolicy = \"asked\"\nmodule = \"none\"\ncustomers_may_change = true\n{}{}",
            self.zone.name(),
            plan("old", self.old),
            plan("new", self.new)
        );
        Catalogue::from_toml(&text).map_err(|error| Unsayable(error.to_string()))
    }
}

/// One customer, and the hand that gives commands. Every decision is held against the laws.
pub(super) struct Customer {
    catalogue: Catalogue,
    policies: Policies,
    account: Account,
    pub now: Timestamp,
    commands: u128,
}

impl Customer {
    /// A customer of a plan that costs less than the other one, ten days into a month.
    fn on_old(terms: &str) -> Result<Self, Unsayable> {
        let euro = Currency::parse("EUR").map_err(|error| Unsayable(error.to_string()))?;
        let shop =
            Shop { old: Money::new(1_000, euro), new: Money::new(3_000, euro), cycle: Cycle::MONTH, zone: Zone::utc() };
        let start = jiff::civil::date(2027, 4, 1).at(0, 0, 0, 0);
        let mut customer = Self::start(&shop, terms, start)?;
        customer.now = Zone::utc().instant(jiff::civil::date(2027, 4, 11).at(12, 0, 0, 0));
        Ok(customer)
    }

    /// A customer whose subscription to the old plan starts at a local time, and is paid.
    fn start(shop: &Shop, terms: &str, start: DateTime) -> Result<Self, Unsayable> {
        let basket = Basket { plan: "old".into(), cycle: shop.cycle, options: Default::default() };
        Self::enter(shop.catalogue()?, &shop.zone, basket, terms, start)
    }

    /// A customer of a shop with one product, whose subscription starts at a local time, and is paid.
    pub fn enter(
        catalogue: Catalogue,
        zone: &Zone,
        basket: Basket,
        terms: &str,
        start: DateTime,
    ) -> Result<Self, Unsayable> {
        let text = format!(
            "name = \"asked\"\nversion = 1\nsummary = \"The parameters of a vector.\"\n[terms]\nunit = \"day\"\n\
             credit_from = \"change_day\"\ncharge_from = \"change_day\"\ndenominator = \"period\"\nquote_minutes = 30\n\
             payment_hours = 72\n{terms}\n"
        );
        let mut policies = Policies::default();
        policies.add(Policy::from_toml(&text).map_err(|error| Unsayable(error.to_string()))?);
        let now = zone.instant(start);
        let open = Command::OpenAccount {
            storefront: catalogue.storefront.clone(),
            name: "asked".to_owned(),
            email: "asked@example.org".to_owned(),
            zone: zone.clone(),
            currency: catalogue.currency,
        };
        let facts = Facts { catalogue: &catalogue, policies: &policies };
        let account = decided(facts, None, now, open, 1)?;
        let mut customer = Self { catalogue, policies, account, now, commands: 1 };
        customer.run(Command::StartSubscription {
            product: "service".to_owned(),
            basket,
            label: "service".to_owned(),
            starts: Some(start),
            pays_by: PaymentChoice::Card(TestCard::Pays),
        })?;
        while let Some(attempt) = customer.account.attempts.iter().find(|attempt| attempt.state == AttemptState::Sent) {
            let outcome = PaymentOutcome::Captured { amount: attempt.amount };
            customer.run(Command::SettlePayment { attempt: attempt.id, outcome, event: None })?;
        }
        Ok(customer)
    }

    /// What was billed for the plan, and what for its options.
    pub fn billed(&self) -> [Money; 2] {
        let subscription = &self.account.subscriptions[0];
        let plan = subscription.plan().id;
        [true, false].map(|of_plan| {
            let coverage = subscription.coverage.iter().filter(|segment| (segment.item == plan) == of_plan);
            sum(self.account.currency, coverage.map(|segment| segment.net))
        })
    }

    fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogue, policies: &self.policies }
    }

    fn plan(&self) -> String {
        self.account.subscriptions[0].plan().code.to_string()
    }

    fn to_new(&self) -> PlanChangeRequest {
        let subscription = &self.account.subscriptions[0];
        let basket = Basket { plan: "new".into(), ..subscription.basket() };
        PlanChangeRequest { subscription: subscription.id, basket, when: None, asked_by: Asker::Customer, on: None }
    }

    fn request(&self, at: Timestamp) -> Result<Quote, Refusal> {
        quote_plan_change(self.facts(), &self.account, &self.to_new(), at)
    }

    fn quote(&self, at: Timestamp) -> Result<Quote, Unsayable> {
        self.request(at).map_err(|refusal| Unsayable(refusal.to_string()))
    }

    /// Changes to a basket at once, and pays what is asked for it; what is charged, less what is given back.
    pub fn change_to(&mut self, basket: Basket) -> Result<Money, Unsayable> {
        let subscription = self.account.subscriptions[0].id;
        let request = PlanChangeRequest { subscription, basket, when: None, asked_by: Asker::Customer, on: None };
        let quote = quote_plan_change(self.facts(), &self.account, &request, self.now);
        let quote = quote.map_err(|refusal| Unsayable(refusal.to_string()))?;
        self.submit_for(request, &quote)?;
        if quote.due.is_positive() {
            self.pay_transfer(&quote)?;
        }
        Ok(quote.net)
    }

    fn submit(&mut self, quote: &Quote) -> Result<(), Unsayable> {
        self.submit_for(self.to_new(), quote)
    }

    fn submit_for(&mut self, request: PlanChangeRequest, quote: &Quote) -> Result<(), Unsayable> {
        self.run(Command::SubmitPlanChange {
            request,
            quoted_at: quote.at,
            digest: quote.digest(),
            shown: Box::new(quote.summary()),
            pays_by: PaymentChoice::BankTransfer,
        })
    }

    /// Pays what a change asked for.
    fn pay_transfer(&mut self, quote: &Quote) -> Result<(), Unsayable> {
        let open = self.account.invoices.iter().find(|invoice| invoice.is_open()).map(|invoice| invoice.id);
        let reference = "transfer".to_owned();
        self.run(Command::ReceiveTransfer { invoice: open, amount: quote.due, reference })
    }

    fn run(&mut self, command: Command) -> Result<(), Unsayable> {
        self.commands += 1;
        self.account = decided(self.facts(), Some(&self.account), self.now, command, self.commands)?;
        Ok(())
    }
}

fn decided(
    facts: Facts<'_>,
    before: Option<&Account>,
    now: Timestamp,
    command: Command,
    number: u128,
) -> Result<Account, Unsayable> {
    let id = CommandId::from_seed(Uuid::from_u128(number << 32));
    let account = AccountId::from_uuid(Uuid::from_u128(1));
    let envelope = Envelope { id, account, now, actor: Actor::System, key: None, command };
    let decision = decide(facts, before, &envelope).map_err(|refusal| Unsayable(refusal.to_string()))?;
    laws::check(before, &decision).map_err(|law| Unsayable(law.to_string()))?;
    let mut account = decision.account;
    account.forget_closed(now);
    Ok(account)
}
