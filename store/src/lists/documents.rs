//! Documents and how their invoices stand.

use billing::document::{Document, DocumentKind, Invoice, number_text};
use billing::id::{AccountId, DocumentId, SubscriptionId};

use super::accounts::number_of;
use super::{Listing, Page, Window};
use crate::Store;
use crate::error::StoreError;
use crate::records::{read_document, read_invoice, read_line};
use crate::tables::{DOCUMENT_LINES, DOCUMENTS, INVOICES};
use crate::value::Row;

/// A document, and how its invoice stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Whose.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// Its storefront.
    pub storefront: String,
    /// Its number, such as `INV-2027-0042`.
    pub number: String,
    /// The document. Lists leave its lines out; [`Store::document`] fills them.
    pub document: Document,
    /// How it stands, of an invoice.
    pub invoice: Option<Invoice>,
}

/// Which documents to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
    /// Only those of this kind.
    pub kind: Option<DocumentKind>,
    /// Only those about this subscription.
    pub subscription: Option<SubscriptionId>,
    /// Only invoices that stand so: `open`, `paid` or `void`.
    pub state: Option<String>,
}

impl Store {
    /// Documents, newest first.
    pub fn documents(&self, filter: &DocumentFilter, window: &Window) -> Result<Page<DocumentRow>, StoreError> {
        let mut listing = listing(filter.account);
        if let Some(kind) = filter.kind {
            listing.filter("d.kind =", kind.name());
        }
        if let Some(subscription) = filter.subscription {
            listing.filter("d.subscription_id =", subscription);
        }
        if let Some(state) = &filter.state {
            listing.filter("i.state =", state);
        }
        self.page(listing, window, read_row)
    }

    /// One document with its lines. `owner` leaves out what is not the account's.
    pub fn document(&self, owner: Option<AccountId>, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
        let mut listing = listing(owner);
        listing.filter("d.id =", id);
        self.with_lines(listing)
    }

    /// The document of a number such as `INV-2027-0042`. `owner` leaves out what is not the account's.
    pub fn document_by_number(
        &self,
        owner: Option<AccountId>,
        storefront: &str,
        number: &str,
    ) -> Result<Option<DocumentRow>, StoreError> {
        let Some((series, number)) = number_of(number) else {
            return Ok(None);
        };
        let mut listing = listing(owner);
        listing.filter("d.storefront =", storefront);
        listing.filter("d.series =", series);
        listing.filter("d.number =", number);
        self.with_lines(listing)
    }

    fn with_lines(&self, listing: Listing) -> Result<Option<DocumentRow>, StoreError> {
        let Some(mut found) = self.single(listing, read_row)? else {
            return Ok(None);
        };
        let columns = DOCUMENT_LINES.names();
        let rows = self.read(
            &format!(
                "select {columns} from document_lines where account_id = $1 and document_id = $2 order by line_no"
            ),
            &[found.account.into(), found.document.id.into()],
        )?;
        for row in &rows {
            found.document.lines.push(read_line(&mut row.fields("document_lines"))?.1);
        }
        Ok(Some(found))
    }
}

fn listing(owner: Option<AccountId>) -> Listing {
    let columns = format!("a.name, d.storefront, {}, i.id, {}", DOCUMENTS.select("d"), INVOICES.select("i"));
    let from = "documents d join accounts a on a.id = d.account_id
        left join invoices i on i.account_id = d.account_id and i.id = d.id";
    let mut listing = Listing::of(columns, from, "d.issued_at", "d.id");
    listing.owned_by("d.account_id", owner);
    listing
}

fn read_row(row: &Row) -> Result<DocumentRow, StoreError> {
    let mut fields = row.fields("documents");
    let account_name = fields.text()?;
    let storefront = fields.text()?;
    let (account, document) = read_document(&mut fields)?;
    let number = number_text(&document.series, document.number.unwrap_or_default());
    let invoice = match fields.str_or_null()? {
        Some(_) => Some(read_invoice(&mut fields)?),
        None => None,
    };
    Ok(DocumentRow { account, account_name, storefront, number, document, invoice })
}
