//! Accounts in lists, searched by what people have at hand: a name, an address, a host name, an id, an invoice number.

use billing::account::Account;
use billing::id::AccountId;

use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::read_account;
use crate::tables::ACCOUNTS;
use crate::value::Row;

/// An account in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The account without its records.
    pub account: Account,
    /// How many subscriptions run.
    pub subscriptions: i64,
    /// How many invoices wait for money.
    pub open_invoices: i64,
}

/// Which accounts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Only those of this storefront.
    pub storefront: Option<String>,
    /// Only those whose name, address, id, service or invoice number has this text.
    pub search: Option<String>,
}

impl Store {
    /// Accounts, newest first.
    pub fn accounts(&self, filter: &AccountFilter, window: &Window) -> Result<Page<AccountRow>, StoreError> {
        let mut listing = listing();
        if let Some(storefront) = &filter.storefront {
            listing.filter("a.storefront =", storefront);
        }
        if let Some(text) = filter.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            search(&mut listing, text);
        }
        self.page(listing, window, read_row)
    }

    /// One account as lists show it.
    pub fn account(&self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        let mut listing = listing();
        listing.filter("a.id =", id);
        self.single(listing, read_row)
    }
}

fn listing() -> Listing {
    let columns = format!(
        "{}, (select count(*) from subscriptions s where s.account_id = a.id),
         (select count(*) from invoices i where i.account_id = a.id and i.state = 'open')",
        ACCOUNTS.select("a")
    );
    Listing::of(columns, "accounts a", "a.opened_at", "a.id")
}

fn search(listing: &mut Listing, text: &str) {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter.to_ascii_lowercase());
    }
    pattern.push('%');
    let like = listing.argument(pattern);
    let exact = listing.argument(text);
    let mut ways = vec![
        format!("lower(a.name) like {like} escape '\\'"),
        format!("lower(a.email) like {like} escape '\\'"),
        format!("a.id = {exact}"),
        format!(
            "exists (select 1 from services s where s.account_id = a.id
                     and (lower(s.label) like {like} escape '\\' or s.id = {exact} or s.subscription_id = {exact}))"
        ),
    ];
    if let Some((series, number)) = number_of(text) {
        let series = listing.argument(series);
        let number = listing.argument(number);
        ways.push(format!(
            "exists (select 1 from documents d where d.storefront = a.storefront and d.series = {series}
                     and d.number = {number} and d.account_id = a.id)"
        ));
    }
    listing.condition(format!("({})", ways.join(" or ")));
}

/// The series and number in a text such as `INV-2027-0042`.
pub(crate) fn number_of(text: &str) -> Option<(String, i64)> {
    let (series, number) = text.rsplit_once('-')?;
    Some((series.to_ascii_uppercase(), number.parse().ok()?))
}

fn read_row(row: &Row) -> Result<AccountRow, StoreError> {
    let mut fields = row.fields("accounts");
    let account = read_account(&mut fields)?;
    Ok(AccountRow { account, subscriptions: fields.int()?, open_invoices: fields.int()? })
}
