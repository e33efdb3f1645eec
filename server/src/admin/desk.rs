//! What every page of the admin begins with: who asks, the storefront, the moment; and the small words that all of
//! them share. Staff see every account, so addresses name them.

use std::sync::Arc;

use billing::calendar::Zone;
use billing::catalogue::Catalogue;
use billing::command::{Actor, Answer, Command};
use billing::decide::Facts;
use billing::id::AccountId;
use billing::money::{Currency, Money};
use billing::policy::Policies;
use billing::refusal::Refusal;
use engine::Ask;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Cursor, Window};

use super::words::{english, moment};
use crate::app::App;
use crate::auth::Staff;
use crate::forms::{encoded, engine_key, run};
use crate::portal::reasons::Names;
use crate::ui::{AdminSection, DateView, Notice, Page, Pager};
use crate::web::PageError;

/// How many rows a list shows at once.
pub(super) const ROWS: u32 = 25;

/// How many rows a page of one noun shows of what belongs to it.
pub(super) const FEW: u32 = 10;

/// A member of staff at the desk of the storefront.
pub(super) struct Desk {
    pub staff: Staff,
    pub catalogue: Arc<Catalogue>,
    pub policies: Arc<Policies>,
    /// Every storefront of the book: short name and brand.
    pub storefronts: Vec<(String, String)>,
    pub now: Timestamp,
}

impl Desk {
    /// Reads the storefront of this server, and which others there are.
    pub async fn open(app: &App, staff: Staff) -> Result<Self, PageError> {
        let storefront = app.settings.storefront.clone();
        let read = app.read(move |engine| {
            let mut storefronts = Vec::new();
            for (name, _) in engine.store().storefronts()? {
                let brand = engine.catalogue(&name)?.brand.clone();
                storefronts.push((name, brand));
            }
            Ok((engine.catalogue(&storefront)?, Arc::clone(engine.policies()), storefronts))
        });
        let (catalogue, policies, storefronts) = read.await?;
        Ok(Self { staff, catalogue, policies, storefronts, now: app.now() })
    }

    /// What decisions are counted by.
    pub fn facts(&self) -> Facts<'_> {
        Facts { catalogue: &self.catalogue, policies: &self.policies }
    }

    /// The same desk at another storefront: its brand, products and zone.
    pub async fn at_storefront(self, app: &App, storefront: &str) -> Result<Self, PageError> {
        if storefront == self.catalogue.storefront {
            return Ok(self);
        }
        if !self.storefronts.iter().any(|(name, _)| name == storefront) {
            return Err(PageError::NotFound);
        }
        let name = storefront.to_owned();
        let catalogue = app.read(move |engine| engine.catalogue(&name)).await?;
        Ok(Self { catalogue, ..self })
    }

    /// The brand of a storefront, where the book has more than one.
    pub fn brand_of(&self, storefront: &str) -> Option<&str> {
        let mut known = self.storefronts.iter().filter(|_| self.storefronts.len() > 1);
        known.find(|(name, _)| name == storefront).map(|(_, brand)| brand.as_str())
    }

    /// A page of the admin.
    pub fn page(&self, title: impl Into<String>, section: AdminSection) -> Page {
        Page::admin(title, &self.catalogue.brand, section, &self.staff.name, &self.staff.csrf)
    }

    /// The zone of the storefront, in which lists tell their times.
    pub fn zone(&self) -> &Zone {
        &self.catalogue.zone
    }

    /// A moment in the zone of the storefront.
    pub fn at(&self, at: Timestamp) -> DateView {
        moment(at, self.zone())
    }

    /// Who asks, for the log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.staff.email.clone())
    }

    /// Runs the command of a form on an account: its answer, or why it was refused.
    pub async fn run(
        &self,
        app: &App,
        account: AccountId,
        key: &str,
        command: Command,
    ) -> Result<Result<Answer, Box<Refusal>>, PageError> {
        let ask = Ask { account, actor: self.actor(), key: engine_key(key)?, command };
        run(app, ask, self.now).await
    }

    /// The words for reasons about a product, or about none.
    pub fn names<'a>(&'a self, product: Option<&str>, zone: &'a Zone) -> Names<'a> {
        let product = product.and_then(|code| self.catalogue.product(code));
        Names { words: english(zone), product, support_email: &self.catalogue.support_email }
    }
}

/// What the address of a list or a page may carry. Anything else in it is refused.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// Which notice to show: one of ours by its code, never a text.
    pub done: Option<String>,
    /// Where the page before this one ended.
    pub after: Option<String>,
    /// What is looked for.
    pub q: Option<String>,
    /// Only what stands so.
    pub state: Option<String>,
    /// Only what is of this customer.
    pub customer: Option<String>,
    /// Only what is of this storefront.
    pub storefront: Option<String>,
}

impl Asked {
    /// Which rows of a list are asked for. A cursor that is not ours is refused.
    pub fn window(&self) -> Result<Window, PageError> {
        let after = match self.after.as_deref() {
            Some(text) => Some(Cursor::parse(text).ok_or_else(|| unreadable("the address names no page of the list"))?),
            None => None,
        };
        Ok(Window { after, limit: ROWS })
    }

    /// The customer that the list is narrowed to.
    pub fn account(&self) -> Result<Option<AccountId>, PageError> {
        self.customer.as_deref().map(AccountId::parse).transpose().map_err(|_| PageError::NotFound)
    }

    /// The state that the list is narrowed to; one of those it can have.
    pub fn state_in(&self, states: &[&str]) -> Result<Option<String>, PageError> {
        match self.state.as_deref() {
            None | Some("") => Ok(None),
            Some(state) if states.contains(&state) => Ok(Some(state.to_owned())),
            Some(_) => Err(unreadable("the address names a state that the list does not have")),
        }
    }

    /// The address of the same list with another state, or with another page of it.
    pub fn href(&self, path: &str, state: Option<&str>, after: Option<&Cursor>) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: &str| parts.push(format!("{name}={}", encoded(value)));
        if let Some(q) = self.q.as_deref().filter(|q| !q.is_empty()) {
            add("q", q);
        }
        if let Some(state) = state {
            add("state", state);
        }
        if let Some(customer) = &self.customer {
            add("customer", customer);
        }
        if let Some(storefront) = &self.storefront {
            add("storefront", storefront);
        }
        if let Some(after) = after {
            add("after", &after.to_string());
        }
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// Where the other pages of the list are.
    pub fn pager(&self, path: &str, next: Option<&Cursor>) -> Pager {
        let state = self.state.as_deref();
        Pager {
            previous: self.after.as_ref().map(|_| self.href(path, state, None)),
            next: next.map(|next| self.href(path, state, Some(next))),
            text: String::new(),
        }
    }

    /// What the list is narrowed to, in words, and where all of it is.
    pub fn narrowed(&self, path: &str, name: Option<&str>) -> Option<(String, String)> {
        let name = name.filter(|_| self.customer.is_some())?;
        Some((format!("Only {name}."), path.to_owned()))
    }

    /// The notice that is asked for.
    pub fn notice(&self) -> Option<Notice> {
        let (title, sentence) = match self.done.as_deref()? {
            "opened" => ("Account opened", "The customer can be given services now."),
            "added" => ("Service added", "Its first invoice is issued, and its module is asked to make it."),
            "transfer" => ("Transfer booked", "What no invoice asked for is on the customer’s balance."),
            "booked-before" => {
                ("Booked before", "A transfer of this reference was booked already. Nothing was booked again.")
            }
            "goodwill" => ("Goodwill granted", "The amount is on the customer’s balance, with a receipt."),
            "payout" => ("Payout asked for", "It is off the balance. Send it by your bank, then say so here."),
            "payout-sent" => ("Payout sent", "The customer is told by mail."),
            "payout-returned" => {
                ("Payout put back", "All of it is on the customer’s balance again, and no fee was taken.")
            }
            "paid" => ("Transfer booked", "The invoice is paid."),
            "balance" => ("Transfer booked", "It did not pay the invoice: the money is on the customer’s balance."),
            "retried" => ("The module is asked again", "Its answer will be listed on this page."),
            "assigned" => ("Plan changed", "No money moved. What a full period costs is shown on this page."),
            "package" => ("The module is asked for the package", "Its answer will be listed on this page."),
            "assigned-package" => (
                "Plan changed, and the module is asked for its package",
                "No money moved. Its answer will be listed on this page.",
            ),
            "ordered" => ("Order and invoice created", "The plan changes when the invoice is paid."),
            "planned" => ("Change planned", "It is made with the next period. Nothing is to pay now."),
            "used" => ("Used", "What is left is shown on this page."),
            "upgrade" => ("Upgrade complete", "The plan is changed, and the service is being made what it shall be."),
            "downgrade" => {
                ("Downgrade complete", "The plan is changed, and the service is being made what it shall be.")
            }
            "change" => ("Change complete", "The service has its new options."),
            "withdrawn" => ("Change withdrawn", "The plan stays as it was, and nothing is owed for the change."),
            "cancelled" => ("Cancelled", "When it ends, and what came of it, is shown on this page."),
            "kept" => ("Cancellation taken back", "The service goes on and is renewed as before."),
            "revived" => ("Queued again", "It is delivered as soon as possible."),
            _ => return None,
        };
        Some(Notice::good(title).sentence(sentence))
    }
}

/// What was sent cannot be read.
pub(super) fn unreadable(what: &str) -> PageError {
    PageError::Unreadable(what.to_owned())
}

/// An amount as it was typed, or what is wrong with it.
pub(super) fn typed_amount(text: &str, currency: Currency) -> Result<Money, String> {
    let example = Money::new(12 * 10_i64.pow(currency.exponent().into()), currency).decimal();
    match Money::parse(text.trim(), currency) {
        Ok(amount) if amount.is_positive() => Ok(amount),
        Ok(_) => Err("The amount must be above zero.".to_owned()),
        Err(_) => Err(format!("This is not an amount in {currency}. Write it like {example}.")),
    }
}

/// The name and the page of a customer.
pub(super) fn customer(name: &str, id: AccountId) -> (String, String) {
    (name.to_owned(), format!("/admin/customers/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_list_keeps_its_filters_and_nothing_breaks_out_of_it() {
        let asked = Asked { q: Some("a&b=\"ä".into()), state: Some("open".into()), ..Asked::default() };
        assert_eq!(asked.href("/admin/x", asked.state.as_deref(), None), "/admin/x?q=a%26b%3D%22%C3%A4&state=open");
        assert_eq!(Asked::default().href("/admin/x", None, None), "/admin/x");
    }

    #[test]
    fn an_amount_is_whole_minor_units_of_the_currency_or_a_sentence() {
        let (eur, jpy) = (Currency::parse("EUR").expect("known"), Currency::parse("JPY").expect("known"));
        assert_eq!(typed_amount(" 13.33 ", eur).expect("an amount").minor, 1333);
        assert!(typed_amount("0", eur).is_err());
        assert!(typed_amount("-5", eur).is_err());
        assert_eq!(typed_amount("1.5", jpy), Err("This is not an amount in JPY. Write it like 12.".to_owned()));
        assert_eq!(typed_amount("1,5", eur), Err("This is not an amount in EUR. Write it like 12.00.".to_owned()));
    }
}
