//! When are two accounts the same for everything that can still happen to them? They are written down as data, field by
//! field, with ids counted through in the order in which they stand, and without what no decision reads: versions, hashes,
//! when and in which words something was asked, the balance (the card pays what the balance does not, so only their sum
//! matters, and that is counted beside). Every record is taken apart by name, so that a new field has to be thought about.

use std::hash::{Hash, Hasher};

use jiff::Timestamp;

use crate::account::{Account, ChangeState, Item, PlanChange, PlanCredits, Subscription};
use crate::cancellation::Cancellation;
use crate::coverage::Segment;
use crate::document::{DocumentLine, Invoice};
use crate::fraction::Fraction;
use crate::one_time::{OneTime, OneTimeLine, Setup};
use crate::policy::When;
use crate::quote::{ChargeLine, CreditLine, Quote};

/// What two accounts of one search have in common exactly where they have the same future.
pub(super) type Canonical = Box<[u8]>;

/// Plan credits with the part of one that later changes add to.
fn state_of_credits(credits: PlanCredits) -> impl Hash {
    let PlanCredits { left, granted, of_plan, part } = credits;
    (left, granted, of_plan, part.map(Fraction::lowest))
}

/// The canonical form of an account at an instant; `besides` is what matters and is not in it.
pub(super) fn canonical(account: &Account, now: Timestamp, besides: bool) -> Canonical {
    let mut writer = Writer { bytes: Vec::with_capacity(512), names: Vec::new(), now };
    if let Some(end) = end_of(account) {
        // Nothing more can happen.
        (end.quote.all_back, end.quote.when == When::Now).hash(&mut writer);
        return writer.bytes.into();
    }
    besides.hash(&mut writer);
    writer.account(account);
    writer.bytes.into()
}

/// How the subscription of a search ended, once it has.
pub(super) fn end_of(account: &Account) -> Option<&Cancellation> {
    account.subscriptions[0].cancellation.as_deref().filter(|end| end.ended_at.is_some())
}

/// Writes values one after another so that no two different ones give the same bytes.
struct Writer {
    bytes: Vec<u8>,
    /// The ids that were met, in their order.
    names: Vec<u128>,
    now: Timestamp,
}

/// A hash that forgets nothing.
impl Hasher for Writer {
    fn write(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

impl Writer {
    /// Two changes of one content differ in what identifies them.
    fn id(&mut self, uuid: uuid::Uuid) {
        let id = uuid.as_u128();
        let known = self.names.iter().position(|name| *name == id);
        let place = known.unwrap_or_else(|| {
            self.names.push(id);
            self.names.len() - 1
        });
        place.hash(self);
    }

    fn account(&mut self, account: &Account) {
        let Account {
            id: _,
            version: _,
            storefront: _,
            name: _,
            email: _,
            zone: _,
            currency: _,
            opened_at: _,
            balance: _,
            reserved: _,
            backing: _,
            log_hash: _,
            had: _,
            subscriptions,
            invoices,
            attempts: _,
            payout: _,
        } = account;
        subscriptions.len().hash(self);
        for subscription in subscriptions {
            self.subscription(subscription);
        }
        invoices.len().hash(self);
        for invoice in invoices {
            let Invoice {
                id,
                subscription: _,
                change: _,
                total,
                from_balance,
                credited,
                due_on: _,
                state: _,
                dunning: _,
            } = invoice;
            self.id(id.uuid());
            [total.minor, from_balance.minor, credited.minor].hash(self);
        }
    }

    fn subscription(&mut self, subscription: &Subscription) {
        let Subscription {
            id: _,
            product: _,
            started_at: _,
            anchor,
            period_no,
            periods_before: _,
            period,
            trial_until,
            full_refund_until,
            billed,
            items,
            coverage,
            change,
            service: _,
            cancellation,
            pays_by: _,
            credits,
            replaced: _,
            waiting,
            one_time: OneTime { charged, to_come, trial },
            // Less than a minor unit for each item, and the search takes one off every line.
            carry: _,
            // Nobody reports any usage in a search.
            usage: _,
        } = subscription;
        // What is scheduled is counted when it happens.
        cancellation.is_some().hash(self);
        // A promise that is over stays over, whenever it was.
        let promised = full_refund_until.map(|until| until.max(self.now));
        (anchor.start, anchor.cycle, period_no, period, trial_until, promised, billed).hash(self);
        credits.map(state_of_credits).hash(self);
        charged.hash(self);
        trial.map(|price| price.minor).hash(self);
        to_come.len().hash(self);
        for Setup { code, price, units, of } in to_come {
            (code, price.minor, units, of).hash(self);
        }
        items.len().hash(self);
        for item in items {
            let Item {
                id,
                component,
                code,
                text: _,
                unit_price,
                tiers,
                discount,
                cycle,
                quantity,
                catalogue_version: _,
            } = item;
            self.id(id.uuid());
            (component, code, unit_price.minor, tiers, discount, cycle, quantity).hash(self);
        }
        coverage.len().hash(self);
        for segment in coverage {
            self.segment(segment);
        }
        waiting.len().hash(self);
        for DocumentLine { amount, tax, segment, .. } in waiting {
            segment.is_some().hash(self);
            if let Some(segment) = segment {
                self.id(segment.uuid());
            }
            [amount.minor, tax.minor].hash(self);
        }
        change.is_some().hash(self);
        if let Some(change) = change {
            self.change(change);
        }
    }

    fn segment(&mut self, segment: &Segment) {
        let Segment {
            id,
            item,
            code,
            text: _,
            span,
            shares_first_day,
            list,
            discount,
            cycle,
            quantity,
            gross,
            net,
            tax,
            tax_rate: _,
            collected,
            policy: _,
            document,
            bought,
            of_trial,
        } = segment;
        self.id(id.uuid());
        self.id(item.uuid());
        (code, span, shares_first_day, discount, cycle, quantity, bought, of_trial).hash(self);
        [list.minor, gross.minor, net.minor, tax.minor, collected.minor].hash(self);
        // The bill matters while it is open; then the account has it, and less is collected than billed.
        if let Some(document) = document.filter(|_| collected < net) {
            self.id(document.uuid());
        }
    }

    fn change(&mut self, change: &PlanChange) {
        let PlanChange { id: _, quote, submitted_at: _, asked_by: _, pays_by: _, document, state } = change;
        match state {
            ChangeState::AwaitsPayment { lapses_at } => {
                (1_u8, lapses_at).hash(self);
                // With the next period the plan gives its own credits, whatever they were when it was asked.
                let credits = [quote.credits_before, quote.credits_after];
                credits.map(|credits| credits.map(state_of_credits)).hash(self);
            }
            ChangeState::Scheduled { at } => (2_u8, at).hash(self),
            // Closed ones are forgotten before states are compared.
            ChangeState::Applied { .. } | ChangeState::Withdrawn { .. } | ChangeState::Lapsed { .. } => 3_u8.hash(self),
        }
        if let Some(document) = document {
            self.id(document.uuid());
        }
        self.quote(quote);
    }

    /// What a quote will do: its lines, and where it puts the period. What it says besides follows from them.
    fn quote(&mut self, quote: &Quote) {
        let after = &quote.after;
        (&after.plan, after.cycle, &after.options).hash(self);
        (quote.anchor.start, quote.anchor.cycle, quote.period, quote.trial_until).hash(self);
        quote.credits.len().hash(self);
        for CreditLine { segment, span, gross, amount, tax, collected, .. } in &quote.credits {
            self.id(segment.uuid());
            (span, [gross.minor, amount.minor, tax.minor, collected.minor]).hash(self);
        }
        quote.charges.len().hash(self);
        for line in &quote.charges {
            let ChargeLine { item, component, code, quantity, cycle, span, shares_first_day, .. } = line;
            item.is_some().hash(self);
            if let Some(item) = item {
                self.id(item.uuid());
            }
            (component, code, quantity, cycle, span, shares_first_day, line.discount).hash(self);
            line.tiers.hash(self);
            [line.unit_price.minor, line.gross.minor, line.amount.minor, line.tax.minor].hash(self);
        }
        quote.once.len().hash(self);
        for OneTimeLine { code, quantity, of, amount, tax, derivation, .. } in &quote.once {
            (code, quantity, of, amount.minor, tax.minor).hash(self);
            // What was charged for a trial is remembered by its price, of which this can be the rest.
            (derivation.basis as u8, derivation.line.minor).hash(self);
        }
    }
}
