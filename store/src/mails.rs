//! The mail log: every mail as it was rendered, stored once, in the transaction that completes its effect.

use billing::effect::MailTemplate;
use billing::id::{AccountId, DocumentId, EffectId};
use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;
use crate::lists::{Listing, Page, Window};
use crate::value::Row;

/// A mail, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedMail {
    /// To whose account.
    pub account: AccountId,
    /// Which mail.
    pub template: MailTemplate,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The body in HTML.
    pub html: String,
    /// The body in text.
    pub text: String,
    /// The document it speaks of.
    pub document: Option<DocumentId>,
    /// When it was rendered.
    pub at: Timestamp,
}

/// A mail in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Its id: that of the effect which wished it.
    pub id: EffectId,
    /// To whose account.
    pub account: AccountId,
    /// The customer's name.
    pub account_name: String,
    /// The name of its template.
    pub template: String,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The document it speaks of.
    pub document: Option<DocumentId>,
    /// When it was rendered.
    pub at: Timestamp,
}

/// A mail with its bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// The mail as lists show it.
    pub row: MailRow,
    /// The body in HTML.
    pub html: String,
    /// The body in text.
    pub text: String,
}

/// Which mails to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailFilter {
    /// Only those of this account.
    pub account: Option<AccountId>,
}

const COLUMNS: &str =
    "m.id, m.account_id, a.name, m.template, m.recipient, m.subject, m.document_id, m.sent_at, m.html, m.plain";

impl Store {
    /// Keeps a mail and completes its effect in one transaction. False, and nothing kept, with an old fencing number.
    pub fn complete_mail(&self, id: EffectId, fence: i64, mail: &RenderedMail) -> Result<bool, StoreError> {
        let args = vec![
            id.into(),
            fence.into(),
            mail.at.into(),
            mail.account.into(),
            mail.template.name().into(),
            (&mail.to).into(),
            (&mail.subject).into(),
            (&mail.html).into(),
            (&mail.text).into(),
            mail.document.into(),
        ];
        self.write(move |session| {
            let completed = session.execute(
                "update effects set state = 'done', closed_at = $3, leased_by = null, error = null
                 where id = $1 and fence = $2 and state = 'queued'",
                &args[..3],
            )?;
            if completed == 0 {
                return Ok(false);
            }
            let row = [&args[3], &args[0], &args[4], &args[5], &args[6], &args[7], &args[8], &args[9], &args[2]];
            let row: Vec<_> = row.into_iter().cloned().collect();
            session.execute(
                "insert into mails
                     (account_id, id, template, recipient, subject, html, plain, document_id, sent_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &row,
            )?;
            Ok(true)
        })
    }

    /// Mails, newest first.
    pub fn mails(&self, filter: &MailFilter, window: &Window) -> Result<Page<MailRow>, StoreError> {
        let mut listing = Listing::of(COLUMNS, "mails m join accounts a on a.id = m.account_id", "m.sent_at", "m.id");
        listing.owned_by("m.account_id", filter.account);
        self.page(listing, window, |row| read_mail(row).map(|mail| mail.row))
    }

    /// One mail. `owner` leaves out what is not the account's.
    pub fn mail(&self, owner: Option<AccountId>, id: EffectId) -> Result<Option<StoredMail>, StoreError> {
        let mut listing = Listing::of(COLUMNS, "mails m join accounts a on a.id = m.account_id", "m.sent_at", "m.id");
        listing.owned_by("m.account_id", owner);
        listing.filter("m.id =", id);
        self.single(listing, read_mail)
    }
}

fn read_mail(row: &Row) -> Result<StoredMail, StoreError> {
    let mut fields = row.fields("mails");
    let row = MailRow {
        id: fields.word()?,
        account: fields.word()?,
        account_name: fields.text()?,
        template: fields.text()?,
        to: fields.text()?,
        subject: fields.text()?,
        document: fields.word_or_null()?,
        at: fields.at()?,
    };
    Ok(StoredMail { row, html: fields.text()?, text: fields.text()? })
}
