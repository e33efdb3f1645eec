//! What every page of the portal begins with: who asks, their account as it stands, the storefront. Read once per
//! request, always by the account of the session: there is no way here to name another one.

use std::sync::Arc;

use billing::account::{Account, Attempt, PlanChange, Subscription};
use billing::calendar::Zone;
use billing::catalogue::{Catalogue, Product};
use billing::command::{Actor, Answer, Command};
use billing::decide::Facts;
use billing::document::Invoice;
use billing::explain::Language;
use billing::id::{DocumentId, ServiceId};
use billing::money::Money;
use billing::policy::Policies;
use billing::refusal::Refusal;
use engine::Ask;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Cursor, Window};

use super::next_invoice;
use super::owed;
use super::reasons::Names;
use super::words::Words;
use crate::app::App;
use crate::auth::Customer;
use crate::forms::{engine_key, run};
use crate::ui::language::args;
use crate::ui::{Accent, Page, Pager, PortalSection};
use crate::web::PageError;

/// How many rows a list shows at once.
const ROWS: u32 = 25;

/// A customer at the counter, with their account.
pub(super) struct Desk {
    pub customer: Customer,
    pub account: Account,
    pub catalogue: Arc<Catalogue>,
    pub policies: Arc<Policies>,
    pub now: Timestamp,
}

impl Desk {
    /// Reads the account of a session.
    pub async fn open(app: &App, customer: Customer) -> Result<Self, PageError> {
        let (id, now) = (customer.account, app.now());
        let read = app.read(move |engine| {
            let account = engine.account(id, now)?.ok_or(Refusal::UnknownAccount(id))?;
            let catalogue = engine.catalogue(&account.storefront)?;
            Ok((account, catalogue, Arc::clone(engine.policies())))
        });
        let (account, catalogue, policies) = read.await?;
        Ok(Self { customer, account, catalogue, policies, now })
    }

    /// What the next invoice of a subscription asks for, without tax that is added.
    pub fn next_invoice(&self, subscription: &Subscription) -> Money {
        next_invoice::asks(self.facts(), &self.account, subscription)
    }

    /// What decisions are counted by.
    pub fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogue, policies: &self.policies }
    }

    /// A page of this customer.
    pub fn page(&self, title: impl Into<String>, section: PortalSection) -> Page {
        let accent = Accent::named(&self.catalogue.accent);
        let (name, csrf) = (&self.customer.name, &self.customer.csrf);
        let page = Page::portal(self.language(), title, &self.catalogue.brand, accent, section, name, csrf);
        Page { banner: owed::banner(self), ..page }
    }

    /// The language of every page, and of what explains its amounts: the storefront's.
    pub fn language(&self) -> Language {
        Language::of(&self.catalogue.language)
    }

    /// The words of every page.
    pub fn words(&self) -> Words<'_> {
        Words { language: self.language(), zone: self.zone() }
    }

    /// The zone the customer's days are counted in.
    pub fn zone(&self) -> &Zone {
        &self.account.zone
    }

    /// The customer, for the log.
    pub fn actor(&self) -> Actor {
        Actor::Customer(self.customer.email.clone())
    }

    /// Runs the command of a form: its answer, or why it was refused.
    pub async fn run(&self, app: &App, key: &str, command: Command) -> Result<Result<Answer, Box<Refusal>>, PageError> {
        let ask = Ask { account: self.account.id, actor: self.actor(), key: engine_key(key)?, command };
        run(app, ask, self.now).await
    }

    /// The subscription behind a service's address; unknown and foreign are one answer.
    pub fn subscription(&self, service: &str) -> Result<&Subscription, PageError> {
        let id = ServiceId::parse(service).map_err(|_| PageError::NotFound)?;
        let mut subscriptions = self.account.subscriptions.iter();
        subscriptions.find(|subscription| subscription.service.id == id).ok_or(PageError::NotFound)
    }

    /// Reads a service that has ended and of which nothing is open: decisions need it no more, its page does.
    pub async fn remember_ended(&mut self, app: &App, service: &str) -> Result<(), PageError> {
        if self.subscription(service).is_ok() {
            return Ok(());
        }
        let id = ServiceId::parse(service).map_err(|_| PageError::NotFound)?;
        let account = self.account.clone();
        let read = app.read(move |engine| {
            let row = engine.store().subscription_of_service(Some(account.id), id)?;
            row.map_or(Ok(None), |row| engine.subscription(&account, row.id))
        });
        self.account.subscriptions.extend(read.await?);
        Ok(())
    }

    /// The product that a subscription is of.
    pub fn product(&self, subscription: &Subscription) -> Option<&Product> {
        self.catalogue.product(&subscription.product)
    }

    /// Is the service a machine, which restarts to change? Of others nothing is said of servers and disks.
    pub fn is_machine(&self, subscription: &Subscription) -> bool {
        self.product(subscription).is_some_and(|product| product.restart.is_some())
    }

    /// The words for reasons about a subscription, or about none.
    pub fn names(&self, subscription: Option<&Subscription>) -> Names<'_> {
        let product = subscription.and_then(|subscription| self.product(subscription));
        Names { words: self.words(), product, support_email: &self.catalogue.support_email }
    }

    /// The change of a subscription that waits for its payment.
    pub fn open_change<'a>(&self, subscription: &'a Subscription) -> Option<&'a PlanChange> {
        subscription.change.as_ref().filter(|change| change.is_open())
    }

    /// Is this invoice open?
    pub fn is_owed(&self, invoice: Option<DocumentId>) -> bool {
        invoice.is_some_and(|invoice| self.account.invoice(invoice).is_some_and(Invoice::is_open))
    }

    /// The last attempt to pay an invoice that has not brought the money, if any.
    pub fn last_attempt(&self, invoice: DocumentId) -> Option<&Attempt> {
        let attempts = self.account.attempts.iter().filter(|attempt| attempt.invoice == invoice);
        attempts.max_by_key(|attempt| (attempt.state.is_running(), attempt.created_at, attempt.id))
    }

    /// Why the plan of a subscription cannot be changed now, as a sentence.
    pub fn change_refused(&self, subscription: &Subscription) -> Option<String> {
        let refusal = if subscription.has_ended() {
            Refusal::SubscriptionEnded(subscription.id)
        } else if !subscription.service.access.is_full() {
            Refusal::AccessRestricted(subscription.id)
        } else if let Some(change) = self.open_change(subscription) {
            Refusal::ChangeOpen(change.id)
        } else if self.now >= subscription.period.until {
            Refusal::PeriodOver(subscription.period.until)
        } else if let Some(end) = subscription.scheduled_end() {
            Refusal::SubscriptionCancelled(end.quote.ends_at)
        } else if self.product(subscription).is_some_and(|product| !product.customers_may_change) {
            let email = self.catalogue.support_email.as_str();
            return Some(self.words().fill("refused-changed-by-us", &args!["email" => email]));
        } else {
            return None;
        };
        Some(self.names(Some(subscription)).reason(&refusal))
    }
}

/// What the address of any page may carry beside its path.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// Which notice to show: one of ours by its code, never a text.
    pub notice: Option<String>,
    /// Where the page before this one ended.
    pub after: Option<String>,
}

impl Asked {
    /// Which rows of a list are asked for. A cursor that is not ours begins anew.
    pub fn window(&self) -> Window {
        Window { after: self.after.as_deref().and_then(Cursor::parse), limit: ROWS }
    }

    /// Is this notice asked for?
    pub fn wants(&self, code: &str) -> bool {
        self.notice.as_deref() == Some(code)
    }
}

/// Where the rest of a list is.
pub(super) fn pager(path: &str, asked: &Asked, next: Option<Cursor>) -> Pager {
    Pager {
        previous: asked.after.as_ref().map(|_| path.to_owned()),
        next: next.map(|cursor| format!("{path}?after={cursor}")),
        text: String::new(),
    }
}
