//! One customer of one shop, moved by real commands: each is decided and held against the laws, as the engine would.
//! Which states there are stands in `scenes.rs`, what is asked in `rows.rs`.

use std::collections::{BTreeMap, BTreeSet};

use billing::account::{Account, Attempt, PlanChange, Subscription};
use billing::calendar::Zone;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Command, Envelope};
use billing::decide::{Decision, Facts, decide};
use billing::document::Invoice;
use billing::id::{AccountId, AttemptId, ChangeId, CommandId, DocumentId, ServiceId, SubscriptionId};
use billing::laws;
use billing::money::{Currency, Money};
use billing::payout::Payout;
use billing::policy::Policies;
use billing::refusal::Refusal;
use billing::scenario::Story;
use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

/// What the shop sells. Customers may not move from Small to Large, nobody to Old; Small alone has a yearly price, Team
/// must have seats.
const SHOP: &str = "\
    # a shop\n\
    policy POLICY\n\
    plan free 0.00 EUR monthly\n\
    plan s 10.00 EUR monthly, 100.00 EUR yearly, gives 10 hours, only to free m\n\
    plan m 30.00 EUR monthly, gives 40 hours\n\
    plan l 60.00 EUR monthly, gives 80 hours\n\
    plan team 90.00 EUR monthly\n\
    plan old 70.00 EUR monthly, retired\n\
    option memory 2.00 EUR monthly, up to 8\n\
    option seat 4.00 EUR monthly, by the seat, at least 2 on team\n\
    option care 5.00 EUR monthly, yes or no, only on m l\n\
    option ipv4 1.00 EUR monthly, one of address\n\
    option ipv6 1.00 EUR monthly, one of address\n\
    meter gb 0.05 EUR monthly on s, 0.02 EUR monthly on m\n\
    given 2026-04-01 a on s monthly\n\
    expect on s";

/// What became of a command.
pub enum Step {
    /// It was refused.
    Refused(Box<Refusal>),
    /// The store knows its event or reference already.
    Known,
    /// It was decided, on the account before.
    Decided(Box<(Option<Account>, Decision)>),
}

/// A customer and all that was ever decided.
#[derive(Clone)]
pub struct House {
    /// What is sold.
    pub catalogue: Catalogue,
    /// What was sold before.
    pub earlier: Catalogue,
    /// The present moment.
    pub now: Timestamp,
    /// The account as it would be loaded now.
    pub account: Option<Account>,
    /// Every change as it stands, oldest first.
    pub changes: BTreeMap<ChangeId, PlanChange>,
    /// Every invoice as it stands, oldest first.
    pub invoices: BTreeMap<DocumentId, Invoice>,
    /// Every attempt as it stands, oldest first.
    pub attempts: BTreeMap<AttemptId, Attempt>,
    /// The last payout.
    pub payout: Option<Payout>,
    /// How many commands were asked.
    pub commands: u128,
    policies: Policies,
    events: BTreeSet<(String, String)>,
}

impl House {
    /// A shop under a policy, and nobody in it.
    pub fn new(policy: &str) -> Self {
        let shop = |text: String| Story::parse(&text).expect("a shop").catalogue;
        let text = SHOP.replace("POLICY", policy);
        // Where terms speak of trials, Small has one.
        let of_trials = policy.contains("terms trial");
        let text = if of_trials { text.replace("gives 10 hours", "gives 10 hours, trial 14 days") } else { text };
        let text = if policy == crate::scenes::TRIAL_PAID {
            let dear = text.replace("30.00 EUR monthly", "30.00 EUR monthly in trial 3.00, trial 14 days");
            dear.replace("s 10.00 EUR monthly", "s 10.00 EUR monthly setup 5.00 in trial 1.00")
        } else {
            text
        };
        let in_arrears = policy == crate::scenes::IN_ARREARS;
        let text = if in_arrears { text.replace("gives 10 hours", "gives 10 hours, billed in arrears") } else { text };
        let earlier = shop(text.replace("m 30.00", "m 29.00"));
        let mut catalogue = shop(text);
        catalogue.version = earlier.version + 1;
        Self {
            catalogue,
            earlier,
            now: at("2026-04-01T09:00"),
            account: None,
            changes: BTreeMap::new(),
            invoices: BTreeMap::new(),
            attempts: BTreeMap::new(),
            payout: None,
            policies: Policies::presets(),
            commands: 0,
            events: BTreeSet::new(),
        }
    }

    /// What decisions may know under a catalogue.
    pub fn facts<'a>(&'a self, catalogue: &'a Catalogue) -> Facts<'a> {
        Facts { catalogue, policies: &self.policies }
    }

    /// Asks a command at the present moment. Errors are bugs: a broken law, or an answer that is not repeatable.
    pub fn ask(&mut self, command: Command) -> Result<Step, String> {
        self.commands += 1;
        let envelope = Envelope {
            id: CommandId::from_seed(Uuid::from_u128(self.commands << 32)),
            account: AccountId::from_uuid(Uuid::from_u128(7)),
            now: self.now,
            actor: Actor::Staff("staff".to_owned()),
            key: None,
            command,
        };
        let before = self.account.clone();
        let decided = decide(self.facts(&self.catalogue), before.as_ref(), &envelope);
        if decide(self.facts(&self.catalogue), before.as_ref(), &envelope) != decided {
            return Err("the same command on the same account was decided twice, and differently".to_owned());
        }
        let decision = match decided {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Step::Refused(Box::new(refusal))),
        };
        laws::check(before.as_ref(), &decision).map_err(|law| law.to_string())?;
        let text = serde_json::to_string(&decision.account).map_err(|error| error.to_string())?;
        if serde_json::from_str::<Account>(&text).map_err(|error| error.to_string())? != decision.account {
            return Err("the account is another after it was written and read".to_owned());
        }
        if let Some(event) = &decision.gateway_event
            && !self.events.insert(event.clone())
        {
            return Ok(Step::Known);
        }
        self.keep(&decision);
        Ok(Step::Decided(Box::new((before, decision))))
    }

    fn keep(&mut self, decision: &Decision) {
        let mut account = decision.account.clone();
        self.invoices.extend(account.invoices.iter().map(|invoice| (invoice.id, invoice.clone())));
        self.payout = account.payout.clone().or(self.payout.take());
        self.attempts.extend(account.attempts.iter().map(|attempt| (attempt.id, attempt.clone())));
        let changes = account.subscriptions.iter();
        let changes =
            changes.flat_map(|subscription| subscription.replaced.iter().chain(&subscription.change)).cloned();
        self.changes.extend(changes.map(|change| (change.id, change)));
        account.forget_closed(self.now);
        self.account = Some(account);
    }

    /// The same house at another moment; an attempt may have been forgotten by then.
    pub fn at(mut self, now: Timestamp) -> Self {
        self.now = now;
        if let Some(account) = &mut self.account {
            account.forget_closed(now);
        }
        self
    }

    /// The subscription that commands are about: the first.
    pub fn subscription(&self) -> Option<&Subscription> {
        self.account.as_ref()?.subscriptions.first()
    }

    /// The id of the subscription, or one that nobody has.
    pub fn subscription_id(&self) -> SubscriptionId {
        self.subscription().map_or(SubscriptionId::from_uuid(NOBODYS), |subscription| subscription.id)
    }

    /// The id of the service, or one that nobody has.
    pub fn service_id(&self) -> ServiceId {
        self.subscription().map_or(ServiceId::from_uuid(NOBODYS), |subscription| subscription.service.id)
    }

    /// The newest change, open or not, or one that nobody has.
    pub fn change_id(&self) -> ChangeId {
        self.changes.keys().next_back().copied().unwrap_or(ChangeId::from_uuid(NOBODYS))
    }

    /// The last payout, however it stands, or one that nobody has.
    pub fn payout_id(&self) -> DocumentId {
        self.payout.as_ref().map_or(DocumentId::from_uuid(NOBODYS), |payout| payout.id)
    }

    /// The newest attempt, whatever is known of it, or one that nobody has.
    pub fn attempt_id(&self) -> AttemptId {
        self.attempts.keys().next_back().copied().unwrap_or(AttemptId::from_uuid(NOBODYS))
    }

    /// What the newest attempt is to take; 10.00 where there is none.
    pub fn attempt_amount(&self) -> Money {
        self.attempts.values().next_back().map_or(eur(1000), |attempt| attempt.amount)
    }

    /// The newest invoice, open or not, or one that nobody has.
    pub fn invoice_id(&self) -> DocumentId {
        self.invoices.keys().next_back().copied().unwrap_or(DocumentId::from_uuid(NOBODYS))
    }

    /// The oldest invoice that is open, or one that nobody has.
    pub fn oldest_open(&self) -> DocumentId {
        let open = self.account.iter().flat_map(|account| &account.invoices).map(|invoice| invoice.id).min();
        open.unwrap_or(DocumentId::from_uuid(NOBODYS))
    }

    /// What is left to pay of an invoice; of a closed one its total, and 10.00 where there is none.
    pub fn due(&self, invoice: DocumentId) -> Money {
        match self.invoices.get(&invoice) {
            Some(invoice) if invoice.is_open() => invoice.open_amount(),
            Some(invoice) => invoice.total,
            None => eur(1000),
        }
    }

    /// What the subscription has; the small plan where there is none.
    pub fn basket(&self) -> Basket {
        self.subscription().map_or_else(|| monthly("s"), Subscription::basket)
    }
}

/// The bytes of ids that nobody has.
pub const NOBODYS: Uuid = Uuid::from_u128(0xdead);

/// A plan by the month, without options.
pub fn monthly(plan: &str) -> Basket {
    Basket { plan: plan.into(), cycle: billing::calendar::Cycle::MONTH, options: Default::default() }
}

/// A moment in UTC.
pub fn at(text: &str) -> Timestamp {
    Zone::utc().instant(text.parse::<DateTime>().expect("a moment"))
}

/// Cents of a euro.
pub fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").expect("a currency"))
}
