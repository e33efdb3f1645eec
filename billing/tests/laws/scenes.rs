//! Right decisions for the laws to look at: one account in many moments of its life.

use billing::account::Account;
use billing::calendar::Zone;
use billing::cancellation::CancellationRequest;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Answer, Asker, Command, Envelope, PaymentChoice, PaymentOutcome};
use billing::decide::{Decision, Facts, decide, quote_cancellation, quote_plan_change};
use billing::effect::TestCard;
use billing::id::{AccountId, CommandId};
use billing::laws::check;
use billing::money::{Currency, Money};
use billing::policy::{Policies, When};
use billing::quote::PlanChangeRequest;
use billing::scenario::Story;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use uuid::Uuid;

/// An account and the decision on it.
pub type Scene = (Option<Account>, Decision);

pub struct House {
    catalogue: Catalogue,
    policies: Policies,
    account: Option<Account>,
    commands: u128,
}

impl House {
    fn new(policy: &str) -> Self {
        Self::selling(
            policy,
            "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly\nplan l 60.00 EUR monthly\noption memory 2.00 EUR monthly",
        )
    }

    /// With tax, discounts and plan credits.
    fn with_everything(policy: &str) -> Self {
        Self::selling(
            policy,
            "tax 19% VAT\nplan s 10.00 EUR monthly less 10%, gives 10 hours\n\
             plan m 30.00 EUR monthly less 3.00, gives 40 hours\noption memory 2.00 EUR monthly",
        )
    }

    /// The `vps` policy with a term of its own.
    fn with_term(term: &str) -> Self {
        Self::selling(&format!("vps\nterms {term}"), "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly")
    }

    pub fn selling(policy: &str, plans: &str) -> Self {
        let story = format!("# a house\npolicy {policy}\n{plans}\ngiven 2026-04-01 a on s monthly\nexpect on s");
        let catalogue = Story::parse(&story).expect("a story").catalogue;
        Self { catalogue, policies: Policies::presets(), account: None, commands: 0 }
    }

    fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogue, policies: &self.policies }
    }

    pub fn decide(&mut self, now: &str, command: Command) -> Scene {
        self.commands += 1;
        let envelope = Envelope {
            id: CommandId::from_seed(Uuid::from_u128(self.commands << 32)),
            account: AccountId::from_uuid(Uuid::from_u128(7)),
            now: at(now),
            actor: Actor::Staff("staff".to_owned()),
            key: None,
            command,
        };
        let before = self.account.clone();
        let decision = decide(self.facts(), before.as_ref(), &envelope).expect("a decision");
        (before, decision)
    }

    pub fn run(&mut self, now: &str, command: Command) -> Answer {
        let (before, decision) = self.decide(now, command);
        check(before.as_ref(), &decision).expect("a right decision");
        let mut account = decision.account;
        account.forget_closed(decision.log.at);
        self.account = Some(account);
        decision.answer
    }

    pub fn account(&self) -> &Account {
        self.account.as_ref().expect("an open account")
    }

    fn submit(&self, now: &str, plan: &str, memory: u32, pays_by: PaymentChoice) -> Command {
        self.submit_when(now, plan, memory, pays_by, None)
    }

    /// Cancels the subscription by a quote of this moment.
    pub fn cancel(&self, now: &str, when: When, asked_by: Asker) -> Command {
        let account = self.account();
        let request = CancellationRequest { subscription: account.subscriptions[0].id, when, asked_by };
        let quote = quote_cancellation(self.facts(), account, &request, at(now)).expect("a quote");
        let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
        Command::CancelSubscription { request, quoted_at: at(now), digest, shown, reason: None }
    }

    pub fn submit_by(&self, now: &str, plan: &str, cycle: billing::calendar::Cycle) -> Command {
        let account = self.account();
        let subscription = &account.subscriptions[0];
        let basket = Basket { plan: plan.into(), cycle, ..subscription.basket() };
        let request = PlanChangeRequest {
            subscription: subscription.id,
            basket,
            asked_by: Asker::Customer,
            when: None,
            on: None,
        };
        let quote = quote_plan_change(self.facts(), account, &request, at(now)).expect("a quote");
        let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
        Command::SubmitPlanChange { request, quoted_at: at(now), digest, shown, pays_by: PaymentChoice::BankTransfer }
    }

    fn submit_when(&self, now: &str, plan: &str, memory: u32, pays_by: PaymentChoice, when: Option<When>) -> Command {
        let account = self.account();
        let subscription = &account.subscriptions[0];
        let mut basket = Basket { plan: plan.into(), ..subscription.basket() };
        basket.options.insert("memory".into(), memory);
        let request =
            PlanChangeRequest { subscription: subscription.id, basket, asked_by: Asker::Customer, when, on: None };
        let quote = quote_plan_change(self.facts(), account, &request, at(now)).expect("a quote");
        let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
        Command::SubmitPlanChange { request, quoted_at: at(now), digest, shown, pays_by }
    }
}

pub fn at(text: &str) -> Timestamp {
    Zone::utc().instant(text.parse::<DateTime>().expect("a moment"))
}

pub fn open_command() -> Command {
    Command::OpenAccount {
        storefront: "story".to_owned(),
        name: "Alice".to_owned(),
        email: "alice@example.org".to_owned(),
        zone: Zone::utc(),
        currency: eur(0).currency,
    }
}

pub fn start_command() -> Command {
    Command::StartSubscription {
        product: "server".to_owned(),
        basket: Basket { plan: "s".into(), cycle: billing::calendar::Cycle::MONTH, options: Default::default() },
        label: "server".to_owned(),
        starts: Some("2026-04-01T00:00".parse().expect("a moment")),
        pays_by: PaymentChoice::BankTransfer,
    }
}

/// The same by a card that declines.
pub fn start_by_card() -> Command {
    match start_command() {
        Command::StartSubscription { product, basket, label, starts, .. } => {
            let pays_by = PaymentChoice::Card(TestCard::Declines);
            Command::StartSubscription { product, basket, label, starts, pays_by }
        }
        other => panic!("{other:?} starts nothing"),
    }
}

pub fn transfer(house: &House, minor: i64) -> Command {
    let invoice = house.account().invoices.first().map(|invoice| invoice.id);
    Command::ReceiveTransfer { invoice, amount: eur(minor), reference: format!("transfer {}", house.commands) }
}

pub fn goodwill() -> Command {
    Command::GrantGoodwill { amount: eur(500), reason: "an outage".to_owned() }
}

/// A customer on the small plan, paid, with 5.00 on the balance.
fn settled(policy: &str) -> House {
    let mut house = House::new(policy);
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1000);
    house.run("2026-04-01T00:00", paid);
    house.run("2026-04-02T00:00", goodwill());
    house
}

fn waiting() -> House {
    let mut house = settled("vps");
    let submit = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::Card(TestCard::Pays));
    house.run("2026-04-11T12:00", submit);
    house
}

pub fn opened() -> Scene {
    House::new("vps").decide("2026-04-01T00:00", open_command())
}

pub fn started() -> Scene {
    let mut house = House::new("vps");
    house.run("2026-04-01T00:00", open_command());
    house.decide("2026-04-01T00:00", start_command())
}

/// A shop whose small plan has a trial of two weeks, and what becomes of it.
fn with_trial(term: &str) -> House {
    let policy = format!("vps\nterms trial = \"{term}\"");
    let mut house = House::selling(&policy, "plan s 10.00 EUR monthly, trial 14 days\nplan m 30.00 EUR monthly");
    house.run("2026-04-01T00:00", open_command());
    house
}

fn in_trial(term: &str) -> House {
    let mut house = with_trial(term);
    house.run("2026-04-01T00:00", start_command());
    house
}

/// A trial begins.
pub fn trial() -> Scene {
    with_trial("keep").decide("2026-04-01T00:00", start_command())
}

/// A shop that bills everybody on the 1st, to whom somebody comes on 17 April.
fn with_bill_day() -> House {
    let plans = "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly";
    let mut house = House::selling("vps\nterms bill_day = 1, anchor = \"keep\"", plans);
    house.run("2026-04-17T00:00", open_command());
    house
}

fn start_on_the_17th() -> Command {
    let Command::StartSubscription { product, basket, label, pays_by, .. } = start_command() else {
        unreachable!("a start is a start");
    };
    Command::StartSubscription { product, basket, label, starts: None, pays_by }
}

/// A first period of 14 of 30 days: 4.67.
pub fn led_to_bill_day() -> Scene {
    with_bill_day().decide("2026-04-17T00:00", start_on_the_17th())
}

/// The same where the month after it is charged with it: 14 of 30 days and all of May, 14.67.
pub fn led_past_bill_day() -> Scene {
    let plans = "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly";
    let mut house = House::selling("vps\nterms bill_day = 1, first_period = \"long\", anchor = \"keep\"", plans);
    house.run("2026-04-17T00:00", open_command());
    house.decide("2026-04-17T00:00", start_on_the_17th())
}

/// The first full period after it.
pub fn billed_on_bill_day() -> Scene {
    let mut house = with_bill_day();
    house.run("2026-04-17T00:00", start_on_the_17th());
    let paid = transfer(&house, 467);
    house.run("2026-04-17T00:00", paid);
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// A second subscription, beside one in trial.
pub fn beside_a_trial() -> Scene {
    in_trial("keep").decide(
        "2026-04-02T00:00",
        Command::StartSubscription {
            product: "server".to_owned(),
            basket: Basket { plan: "s".into(), cycle: billing::calendar::Cycle::MONTH, options: Default::default() },
            label: "second".to_owned(),
            starts: None,
            pays_by: PaymentChoice::BankTransfer,
        },
    )
}

/// Another plan in a trial that goes on.
pub fn trial_kept() -> Scene {
    let mut house = in_trial("keep");
    let submit = house.submit_by("2026-04-05T12:00", "m", billing::calendar::Cycle::MONTH);
    house.decide("2026-04-05T12:00", submit)
}

/// A change is submitted that ends the trial once it is paid.
pub fn trial_to_end() -> Scene {
    let mut house = in_trial("end");
    let submit = house.submit_by("2026-04-05T12:00", "m", billing::calendar::Cycle::MONTH);
    house.decide("2026-04-05T12:00", submit)
}

/// The trial ended with a change that was paid.
pub fn trial_ended() -> Scene {
    let mut house = in_trial("end");
    let submit = house.submit_by("2026-04-05T12:00", "m", billing::calendar::Cycle::MONTH);
    house.run("2026-04-05T12:00", submit);
    let paid = transfer(&house, 3000);
    house.decide("2026-04-06T12:00", paid)
}

/// The upgrade is submitted: 13.33, of which 5.00 are set aside and 8.33 are taken by card.
pub fn ordered() -> Scene {
    let mut house = settled("vps");
    let submit = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::Card(TestCard::Pays));
    house.decide("2026-04-11T12:00", submit)
}

/// Something else happens while the upgrade waits.
pub fn meanwhile() -> Scene {
    waiting().decide("2026-04-11T12:01", goodwill())
}

pub fn unanswered() -> Scene {
    let mut house = waiting();
    let settle = settle(&house, PaymentOutcome::Unknown);
    house.decide("2026-04-11T12:02", settle)
}

fn settle(house: &House, outcome: PaymentOutcome) -> Command {
    Command::SettlePayment { attempt: house.account().attempts[0].id, outcome, event: None }
}

/// The card was charged, and the upgrade is made.
pub fn applied() -> Scene {
    let mut house = waiting();
    let settle = settle(&house, PaymentOutcome::Captured { amount: eur(833) });
    house.decide("2026-04-11T12:03", settle)
}

/// The upgrade waits, its card payment sent, under what `on_failure` says.
fn waiting_under(on_failure: &str) -> House {
    let mut house = House::with_term(&format!("on_failure = \"{on_failure}\""));
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1000);
    house.run("2026-04-01T00:00", paid);
    let submit = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::Card(TestCard::Pays));
    house.run("2026-04-11T12:00", submit);
    house
}

fn fails(mut house: House) -> Scene {
    let failed = settle(&house, PaymentOutcome::Failed { reason: "declined".to_owned() });
    house.decide("2026-04-11T12:03", failed)
}

/// The payment of a change fails, and the change waits on.
pub fn failed_and_waits() -> Scene {
    fails(waiting_under("wait"))
}

/// The payment of a change fails, and the change lapses.
pub fn failed_and_lapsed() -> Scene {
    fails(waiting_under("lapse"))
}

/// The payment of a change fails, and the change is made: its invoice is owed.
pub fn failed_and_made() -> Scene {
    fails(waiting_under("apply"))
}

/// The time of a change is up, and it is made.
pub fn made_in_the_end() -> Scene {
    let mut house = waiting_under("apply");
    let change = house.account().subscriptions[0].change.as_ref().expect("a change").id;
    house.decide("2026-04-14T12:00", Command::LapsePlanChange { change })
}

pub fn withdrawn() -> Scene {
    let mut house = waiting();
    let failed = settle(&house, PaymentOutcome::Failed { reason: "declined".to_owned() });
    house.run("2026-04-11T12:03", failed);
    let change = house.account().subscriptions[0].change.as_ref().expect("a change").id;
    house.decide("2026-04-11T12:04", Command::WithdrawPlanChange { change })
}

/// From the large plan to the small one: money back, made at once.
pub fn downgraded() -> Scene {
    let mut house = settled("vps");
    let up = house.submit("2026-04-11T12:00", "l", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    let paid = transfer(&house, 2833);
    house.run("2026-04-11T12:00", paid);
    let down = house.submit("2026-04-21T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-21T12:00", down)
}

/// What is left of the small plan and an option buys days of the medium one and more of the option: 6.67 and 1.33.
pub fn extended() -> Scene {
    let mut house = House::new("vps\nterms anchor = \"extend\"");
    house.run("2026-04-01T00:00", open_command());
    let Command::StartSubscription { product, basket, label, starts, pays_by } = start_command() else {
        unreachable!("a start is a start");
    };
    let basket = Basket { options: [("memory".into(), 1)].into_iter().collect(), ..basket };
    house.run("2026-04-01T00:00", Command::StartSubscription { product, basket, label, starts, pays_by });
    let paid = transfer(&house, 1200);
    house.run("2026-04-01T00:00", paid);
    let up = house.submit("2026-04-11T12:00", "m", 2, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// Ten units of an option are paid until May under terms that give nothing back for fewer.
fn ten_units() -> House {
    let mut house = House::new("vps\nterms quantity_decrease = \"no_refund\"");
    house.run("2026-04-01T00:00", open_command());
    let Command::StartSubscription { product, basket, label, starts, pays_by } = start_command() else {
        unreachable!("a start is a start");
    };
    let basket = Basket { options: [("memory".into(), 10)].into_iter().collect(), ..basket };
    house.run("2026-04-01T00:00", Command::StartSubscription { product, basket, label, starts, pays_by });
    let paid = transfer(&house, 3000);
    house.run("2026-04-01T00:00", paid);
    house
}

/// Of the ten units four are had on; nothing comes back.
pub fn fewer_units() -> Scene {
    let mut house = ten_units();
    let down = house.submit("2026-04-11T12:00", "s", 4, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", down)
}

/// And the next period begins with the four.
pub fn fewer_units_renewed() -> Scene {
    let mut house = ten_units();
    let down = house.submit("2026-04-11T12:00", "s", 4, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", down);
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// From the large plan to the small one: more days than a month has.
pub fn extended_far() -> Scene {
    let mut house = far();
    let down = house.submit("2026-04-11T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", down)
}

/// Something else happens in such a long period.
pub fn extended_meanwhile() -> Scene {
    let mut house = far();
    let down = house.submit("2026-04-11T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", down);
    house.decide("2026-06-11T12:00", goodwill())
}

/// A customer on the large plan, which is paid.
fn far() -> House {
    let mut house = House::new("vps\nterms anchor = \"extend\"");
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1000);
    house.run("2026-04-01T00:00", paid);
    house.run("2026-04-01T00:00", Command::GrantGoodwill { amount: eur(9000), reason: "much".to_owned() });
    let up = house.submit("2026-04-01T12:00", "l", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-01T12:00", up);
    let subscription = house.account().subscriptions[0].id;
    let ordinal = house.account().subscriptions[0].period_ordinal() + 1;
    house.run("2026-04-06T00:00", Command::RenewSubscription { subscription, ordinal });
    house
}

/// A change under the used-day rule, made from the balance.
pub fn shared_day() -> Scene {
    let mut house = settled("used-day");
    house.run("2026-04-02T00:00", Command::GrantGoodwill { amount: eur(9000), reason: "much".to_owned() });
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

pub fn renewed() -> Scene {
    let mut house = settled("vps");
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// A renewal by card of the story's dunning terms, its first payment failed on 1 May at midnight.
fn dunned() -> House {
    let mut house = House::selling(
        "vps\ndunning retries = { offsets = [1, 2] }, grace_days = 2, after_grace = \"restrict\"",
        "plan s 10.00 EUR monthly\nplan m 30.00 EUR monthly",
    );
    house.run("2026-04-01T00:00", open_command());
    let Command::StartSubscription { product, basket, label, starts, .. } = start_command() else {
        panic!("it starts a subscription")
    };
    let pays_by = PaymentChoice::Card(TestCard::Pays);
    house.run("2026-04-01T00:00", Command::StartSubscription { product, basket, label, starts, pays_by });
    let captured = settle(&house, PaymentOutcome::Captured { amount: eur(1000) });
    house.run("2026-04-01T00:00", captured);
    let subscription = house.account().subscriptions[0].id;
    house.run("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 });
    house
}

fn fail(house: &mut House, now: &str) {
    let attempt = house.account().attempts.iter().find(|attempt| attempt.state.is_running()).expect("an attempt").id;
    let outcome = PaymentOutcome::Failed { reason: "declined".to_owned() };
    house.run(now, Command::SettlePayment { attempt, outcome, event: None });
}

fn retry(house: &House, number: usize) -> Command {
    Command::RetryPayment { invoice: house.account().invoices[0].id, number }
}

/// The first payment of a renewal fails: from here its retries are planned.
pub fn dunning_begun() -> Scene {
    let mut house = dunned();
    let attempt = house.account().attempts[0].id;
    let outcome = PaymentOutcome::Failed { reason: "declined".to_owned() };
    house.decide("2026-05-01T00:00", Command::SettlePayment { attempt, outcome, event: None })
}

/// The first retry.
pub fn retried() -> Scene {
    let mut house = dunned();
    fail(&mut house, "2026-05-01T00:00");
    let first = retry(&house, 1);
    house.decide("2026-05-02T00:00", first)
}

fn used_up() -> House {
    let mut house = dunned();
    fail(&mut house, "2026-05-01T00:00");
    for (number, day) in [(1, "2026-05-02T00:00"), (2, "2026-05-03T00:00")] {
        let next = retry(&house, number);
        house.run(day, next);
        fail(&mut house, day);
    }
    house
}

/// The grace is over.
pub fn restricted() -> Scene {
    let mut house = used_up();
    let invoice = house.account().invoices[0].id;
    house.decide("2026-05-03T00:00", Command::RestrictAccess { invoice })
}

fn without_access() -> House {
    let mut house = used_up();
    let invoice = house.account().invoices[0].id;
    house.run("2026-05-03T00:00", Command::RestrictAccess { invoice });
    house
}

/// Goodwill that is not enough while access is restricted.
pub fn restricted_meanwhile() -> Scene {
    without_access().decide("2026-05-04T00:00", goodwill())
}

/// All that is unpaid is paid.
pub fn restored() -> Scene {
    let mut house = without_access();
    let paid = transfer(&house, 1000);
    house.decide("2026-05-04T00:00", paid)
}

/// A customer of the team on the small plan: 9.00 and 1.71 tax are paid, 4 of 10 hours are used.
fn teamed() -> House {
    let mut house = House::with_everything("team");
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1071);
    house.run("2026-04-01T00:00", paid);
    let used = use_credits(&house, 4);
    house.run("2026-04-02T00:00", used);
    house
}

fn use_credits(house: &House, amount: u32) -> Command {
    Command::UseCredits { subscription: house.account().subscriptions[0].id, amount }
}

/// Hours are used.
pub fn used() -> Scene {
    let house = &mut teamed();
    let used = use_credits(house, 3);
    house.decide("2026-04-03T00:00", used)
}

/// An upgrade with tax, discount and credits is submitted: 18.00 less 5.40, and 3.42 tax less 1.03.
pub fn taxed() -> Scene {
    let mut house = teamed();
    let submit = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", submit)
}

/// The same is paid and made.
pub fn carried() -> Scene {
    let (mut house, paid) = to_be_paid();
    house.decide("2026-04-11T13:00", paid)
}

/// Credits are shared by time: 20 of 30 days are left, and 10 hours become 30. 4 were used before.
pub fn shared_credits() -> Scene {
    let mut house = sharing("gate = \"none\"");
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// A period of 40 hours begins with the change, less the 2/3 of an hour that was used beyond what 10 of 30 days gave.
pub fn begun_with_credits() -> Scene {
    let mut house = sharing("gate = \"none\", anchor = \"restart\"");
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

fn sharing(terms: &str) -> House {
    let mut house = House::with_everything(&format!("vps\nterms credits = \"prorate\", {terms}"));
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let used = use_credits(&house, 4);
    house.run("2026-04-03T00:00", used);
    house
}

/// And it is taken back in the same day: the credit comes back with its tax.
pub fn came_back() -> Scene {
    let (mut house, paid) = to_be_paid();
    house.run("2026-04-11T13:00", paid);
    let back = house.submit_when("2026-04-11T14:00", "s", 0, PaymentChoice::BankTransfer, Some(When::Now));
    house.decide("2026-04-11T14:00", back)
}

fn to_be_paid() -> (House, Command) {
    let mut house = teamed();
    let submit = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", submit);
    let invoice = &house.account().invoices[0];
    let (invoice, amount) = (Some(invoice.id), invoice.total);
    (house, Command::ReceiveTransfer { invoice, amount, reference: "late".to_owned() })
}

/// A paid subscription of a plan whose customer chooses the 20th for a change to another.
fn choosing(from: &str, to: &str) -> (House, Command) {
    let mut house = House::with_term("choose_date = true");
    house.run("2026-04-01T00:00", open_command());
    let Command::StartSubscription { product, basket, label, starts, pays_by } = start_command() else {
        panic!("a start starts")
    };
    let (basket, paid) = (Basket { plan: from.into(), ..basket }, if from == "m" { 3000 } else { 1000 });
    house.run("2026-04-01T00:00", Command::StartSubscription { product, basket, label, starts, pays_by });
    let paid = transfer(&house, paid);
    house.run("2026-04-01T00:00", paid);
    let subscription = &house.account().subscriptions[0];
    let request = PlanChangeRequest {
        subscription: subscription.id,
        basket: Basket { plan: to.into(), ..subscription.basket() },
        asked_by: Asker::Customer,
        when: None,
        on: Some(date(2026, 4, 20)),
    };
    let now = "2026-04-11T12:00";
    let quote = quote_plan_change(house.facts(), house.account(), &request, at(now)).expect("a quote");
    let (digest, shown) = (quote.digest(), Box::new(quote.summary()));
    let pays_by = PaymentChoice::BankTransfer;
    (house, Command::SubmitPlanChange { request, quoted_at: at(now), digest, shown, pays_by })
}

fn begins(from: &str, to: &str) -> Scene {
    let (mut house, submit) = choosing(from, to);
    house.run("2026-04-11T12:00", submit);
    let change = house.account().subscriptions[0].change.as_ref().expect("a change").id;
    house.decide("2026-04-20T00:00", Command::BeginPlanChange { change })
}

/// A change on a chosen day is submitted.
pub fn day_chosen() -> Scene {
    let (mut house, submit) = choosing("s", "m");
    house.decide("2026-04-11T12:00", submit)
}

/// The day has come, and the change waits for its payment.
pub fn day_begun() -> Scene {
    begins("s", "m")
}

/// The day has come, and the change is made: it gives money back.
pub fn day_made() -> Scene {
    begins("m", "s")
}

/// The period is renewed in which a day could have been chosen.
pub fn day_renewed() -> Scene {
    let (mut house, _) = choosing("s", "m");
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

fn planning() -> House {
    let mut house = teamed();
    let plan = house.submit_when("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer, Some(When::PeriodEnd));
    house.run("2026-04-11T12:00", plan);
    house
}

/// A change with the next period is submitted.
pub fn planned() -> Scene {
    let mut house = teamed();
    let plan = house.submit_when("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer, Some(When::PeriodEnd));
    house.decide("2026-04-11T12:00", plan)
}

/// Something else happens while a change is planned.
pub fn planned_meanwhile() -> Scene {
    planning().decide("2026-04-12T12:00", goodwill())
}

/// Another change takes the place of the planned one.
pub fn replaced() -> Scene {
    let mut house = planning();
    let submit = house.submit("2026-04-13T12:00", "m", 2, PaymentChoice::BankTransfer);
    house.decide("2026-04-13T12:00", submit)
}

/// The planned change is made with the renewal.
pub fn renewed_as_planned() -> Scene {
    let mut house = planning();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// Made at once and owed: the second change of a customer who paid for neither.
pub fn owed() -> Scene {
    let mut house = House::with_everything("lago");
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1071);
    house.run("2026-04-01T00:00", paid);
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    let more = house.submit("2026-04-21T12:00", "m", 2, PaymentChoice::BankTransfer);
    house.run("2026-04-21T12:00", more);
    let shorter = house.submit("2026-04-26T12:00", "m", 5, PaymentChoice::BankTransfer);
    house.decide("2026-04-26T12:00", shorter)
}

fn assign(house: &House, plan: &str, memory: u32, recalculate: bool) -> Command {
    Command::AssignPlan {
        subscription: house.account().subscriptions[0].id,
        plan: plan.into(),
        options: [("memory".into(), memory)].into_iter().collect(),
        recalculate,
        reason: "a promise".to_owned(),
    }
}

/// Staff assign a larger plan and an option at the present amount; the service is to be changed later.
pub fn assigned() -> Scene {
    let mut house = settled("vps");
    let assign = assign(&house, "m", 2, false);
    house.decide("2026-04-11T12:00", assign)
}

/// A customer with ten units in volume tiers, 30.00 a month: nine of them would be 36.00.
fn tiered() -> House {
    let option = "option memory volume 4.00 to 9 then 3.00 EUR monthly, up to 20";
    let mut house = House::selling("vps", &format!("plan s 10.00 EUR monthly\n{option}"));
    house.run("2026-04-01T00:00", open_command());
    let Command::StartSubscription { product, basket, label, starts, pays_by } = start_command() else {
        unreachable!("a start is a start");
    };
    let basket = Basket { options: [("memory".into(), 10)].into_iter().collect(), ..basket };
    house.run("2026-04-01T00:00", Command::StartSubscription { product, basket, label, starts, pays_by });
    let paid = transfer(&house, 4000);
    house.run("2026-04-01T00:00", paid);
    house
}

/// The next month of ten units in volume tiers.
pub fn renewed_in_tiers() -> Scene {
    let mut house = tiered();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// Twelve units instead of ten, made from the balance.
pub fn more_in_tiers() -> Scene {
    let mut house = tiered();
    house.run("2026-04-02T00:00", goodwill());
    let up = house.submit("2026-04-11T12:00", "s", 12, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// The same at today's prices, by a team: with plan credits.
pub fn recalculated() -> Scene {
    let mut house = teamed();
    let assign = assign(&house, "m", 2, true);
    house.decide("2026-04-11T12:00", assign)
}

fn with_a_package() -> House {
    let mut house = settled("vps");
    let assign = assign(&house, "m", 2, false);
    house.run("2026-04-11T12:00", assign);
    house
}

/// Something else happens while the package of an assigned plan waits.
pub fn package_waits() -> Scene {
    with_a_package().decide("2026-04-12T00:00", goodwill())
}

/// The module is asked for the package.
pub fn packaged() -> Scene {
    let mut house = with_a_package();
    let service = house.account().subscriptions[0].service.id;
    house.decide("2026-04-12T00:00", Command::ChangePackage { service })
}

/// The customer changes the plan that staff assigned, before its package was changed.
pub fn changed_after_assigned() -> Scene {
    let mut house = with_a_package();
    let down = house.submit("2026-04-21T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-21T12:00", down)
}

/// Both nets are settled with the next invoice, and nothing waits for a payment.
fn next_invoice() -> House {
    let terms = "terms gate = \"none\", settle_charge = \"next_invoice\", settle_credit = \"next_invoice\"";
    let plans = "plan s 10.00 EUR monthly, 100.00 EUR yearly\nplan m 30.00 EUR monthly, 300.00 EUR yearly\n\
                 option memory 2.00 EUR monthly, 20.00 EUR yearly";
    let mut house = House::selling("vps", &format!("tax 19% VAT\n{terms}\n{plans}"));
    house.run("2026-04-01T00:00", open_command());
    house.run("2026-04-01T00:00", start_command());
    let paid = transfer(&house, 1190);
    house.run("2026-04-01T00:00", paid);
    house
}

/// An upgrade waits for the next invoice: 6.67 back, 20.00 charged.
pub fn put_off() -> Scene {
    let house = &mut next_invoice();
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

fn waiting_for_the_invoice() -> House {
    let mut house = next_invoice();
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    house
}

/// Something else happens while it waits.
pub fn put_off_meanwhile() -> Scene {
    waiting_for_the_invoice().decide("2026-04-12T00:00", goodwill())
}

/// A second change gives back a part of what was not invoiced yet.
pub fn put_off_twice() -> Scene {
    let mut house = waiting_for_the_invoice();
    let down = house.submit("2026-04-21T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-21T12:00", down)
}

/// The next invoice takes in what waited.
pub fn taken_in() -> Scene {
    let mut house = waiting_for_the_invoice();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// The next invoice takes in more than it asks for: the rest goes to the balance.
pub fn taken_in_below_nothing() -> Scene {
    let mut house = next_invoice();
    let more = house.submit("2026-04-02T12:00", "m", 5, PaymentChoice::BankTransfer);
    house.run("2026-04-02T12:00", more);
    let subscription = house.account().subscriptions[0].id;
    house.run("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 });
    let paid = transfer(&house, house.account().invoices[0].total.minor);
    house.run("2026-05-01T00:00", paid);
    let less = house.submit("2026-05-02T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.run("2026-05-02T12:00", less);
    house.decide("2026-06-01T00:00", Command::RenewSubscription { subscription, ordinal: 2 })
}

/// A change that begins a new period takes in what waited for the next invoice.
pub fn taken_in_by_a_change() -> Scene {
    let mut house = waiting_for_the_invoice();
    let yearly = house.submit_by("2026-04-21T12:00", "m", billing::calendar::Cycle::YEAR);
    house.decide("2026-04-21T12:00", yearly)
}

pub fn resized() -> Scene {
    let mut house = settled("vps");
    let service = house.account().subscriptions[0].service.clone();
    let report = billing::service::ModuleReport::Done { observed: service.desired, access: service.access };
    house.decide("2026-04-03T00:00", Command::ReportProvision { service: service.id, generation: 1, report })
}

pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").expect("a currency"))
}

/// Two plans in arrears, and one in advance between them.
fn in_arrears() -> House {
    let plans = "plan s 10.00 EUR monthly, 100.00 EUR yearly, billed in arrears\nplan m 30.00 EUR monthly, 300.00 EUR yearly\n\
                 plan l 60.00 EUR monthly, billed in arrears";
    let mut house = House::selling("vps", &format!("tax 19% VAT\nterms gate = \"none\"\n{plans}"));
    house.run("2026-04-01T00:00", open_command());
    house
}

fn running_in_arrears() -> House {
    let mut house = in_arrears();
    house.run("2026-04-01T00:00", start_command());
    house
}

/// A subscription in arrears begins, and nothing is due.
pub fn arrears_begun() -> Scene {
    in_arrears().decide("2026-04-01T00:00", start_command())
}

/// Its first period is over: that is billed, and the next one waits.
pub fn arrears_renewed() -> Scene {
    let mut house = running_in_arrears();
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// From arrears to arrears: everything waits.
pub fn arrears_changed() -> Scene {
    let mut house = running_in_arrears();
    let up = house.submit("2026-04-11T12:00", "l", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// From arrears to advance: the old and the new are due.
pub fn arrears_left() -> Scene {
    let mut house = running_in_arrears();
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// From advance to arrears: the old goes to the balance, and the new waits.
pub fn arrears_entered() -> Scene {
    let mut house = running_in_arrears();
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    let paid = transfer(&house, house.account().invoices[0].total.minor);
    house.run("2026-04-11T12:00", paid);
    let back = house.submit("2026-04-21T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-21T12:00", back)
}

/// A year begins in arrears: what was used of the month is due, and the year waits.
pub fn arrears_cut() -> Scene {
    let mut house = running_in_arrears();
    let yearly = house.submit_by("2026-04-11T12:00", "s", billing::calendar::Cycle::YEAR);
    house.decide("2026-04-11T12:00", yearly)
}

/// What is sold costs something once as well.
fn asking_once(terms: &str, trial: &str) -> House {
    let plans = format!(
        "plan s 10.00 EUR monthly setup 15.00{trial}\nplan m 30.00 EUR monthly setup 20.00\n\
         plan l 60.00 EUR monthly setup 25.00\noption memory 2.00 EUR monthly setup 5.00"
    );
    let mut house = House::selling("vps", &format!("tax 19% VAT\nterms gate = \"none\"{terms}\n{plans}"));
    house.run("2026-04-01T00:00", open_command());
    house
}

fn running_once(terms: &str, trial: &str) -> House {
    let mut house = asking_once(terms, trial);
    house.run("2026-04-01T00:00", start_command());
    house
}

/// A start is charged once.
pub fn once_started() -> Scene {
    asking_once("", "").decide("2026-04-01T00:00", start_command())
}

/// A change to what was never had, with three units.
pub fn once_changed() -> Scene {
    let mut house = running_once("", "");
    let up = house.submit("2026-04-11T12:00", "m", 3, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// Back to what was had, with one unit more than there ever were.
pub fn once_back() -> Scene {
    let mut house = running_once("", "");
    let up = house.submit("2026-04-11T12:00", "m", 3, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    let back = house.submit("2026-04-21T12:00", "s", 4, PaymentChoice::BankTransfer);
    house.decide("2026-04-21T12:00", back)
}

/// A change that is charged nothing once.
pub fn once_waived() -> Scene {
    let mut house = running_once("\nterms setup = \"none\"", "");
    let up = house.submit("2026-04-11T12:00", "m", 3, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// What is charged once waits with its change.
pub fn once_waits() -> Scene {
    let mut house = running_once("\nterms settle_charge = \"next_invoice\"", "");
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", up)
}

/// A period after one in which something was charged once.
pub fn once_renewed() -> Scene {
    let mut house = running_once("", "");
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-05-01T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// A trial begins, and nothing is charged yet.
pub fn once_in_trial() -> Scene {
    asking_once("", ", trial 14 days").decide("2026-04-01T00:00", start_command())
}

/// A change in a trial leaves it to the first invoice.
pub fn once_kept() -> Scene {
    let mut house = running_once("", ", trial 14 days");
    let up = house.submit("2026-04-06T12:00", "m", 2, PaymentChoice::BankTransfer);
    house.decide("2026-04-06T12:00", up)
}

/// The trial is over.
pub fn once_after_trial() -> Scene {
    let mut house = running_once("", ", trial 14 days");
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-04-15T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}

/// A card says something while a trial runs.
pub fn once_meanwhile() -> Scene {
    let mut house = running_once("", ", trial 14 days");
    house.decide("2026-04-06T12:00", Command::GrantGoodwill { amount: eur(100), reason: "thanks".to_owned() })
}

/// Back again, while it waits.
pub fn once_waits_on() -> Scene {
    let mut house = running_once("\nterms settle_charge = \"next_invoice\"", "");
    let up = house.submit("2026-04-11T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.run("2026-04-11T12:00", up);
    let back = house.submit("2026-04-11T12:00", "s", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-11T12:00", back)
}

/// A shop whose trials cost something.
fn asking_for_trials(terms: &str) -> House {
    let plans = "plan s 10.00 EUR monthly setup 5.00 in trial 1.00, trial 14 days\n\
                 plan m 30.00 EUR monthly in trial 3.00, trial 14 days\noption memory 2.00 EUR monthly setup 5.00";
    let mut house = House::selling("vps", &format!("tax 19% VAT\nterms gate = \"none\"{terms}\n{plans}"));
    house.run("2026-04-01T00:00", open_command());
    house
}

fn in_paid_trial(terms: &str) -> House {
    let mut house = asking_for_trials(terms);
    house.run("2026-04-01T00:00", start_command());
    house
}

/// A trial begins that costs something.
pub fn paid_trial() -> Scene {
    asking_for_trials("").decide("2026-04-01T00:00", start_command())
}

/// A change makes it dearer.
pub fn paid_trial_dearer() -> Scene {
    let mut house = in_paid_trial("");
    let up = house.submit("2026-04-06T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-06T12:00", up)
}

/// The same with the next invoice.
pub fn paid_trial_waits() -> Scene {
    let mut house = in_paid_trial(", settle_charge = \"next_invoice\"");
    let up = house.submit("2026-04-06T12:00", "m", 0, PaymentChoice::BankTransfer);
    house.decide("2026-04-06T12:00", up)
}

/// Something else happens while it runs.
pub fn paid_trial_meanwhile() -> Scene {
    let mut house = in_paid_trial("");
    house.decide("2026-04-06T12:00", Command::GrantGoodwill { amount: eur(100), reason: "thanks".to_owned() })
}

/// It is over on its day.
pub fn paid_trial_over() -> Scene {
    let mut house = in_paid_trial("");
    let subscription = house.account().subscriptions[0].id;
    house.decide("2026-04-15T00:00", Command::RenewSubscription { subscription, ordinal: 1 })
}
