//! The whole books, account by account, for `verify`: also what is closed and past. Read as one snapshot each.

use billing::account::{Account, PlanChange};
use billing::command::Answer;
use billing::decide::LogEntry;
use billing::document::Document;
use billing::effect::Effect;
use billing::id::{AccountId, DocumentId};
use billing::ledger::Posting;
use billing::payout::Payout;
use jiff::Timestamp;

use crate::Store;
use crate::effects::EffectState;
use crate::error::StoreError;
use crate::load::assemble;
use crate::records::{
    read_account, read_attempt, read_change, read_document, read_invoice, read_item, read_line, read_log, read_payout,
    read_posting, read_segment, read_service, read_subscription,
};
use crate::session::Session;
use crate::tables::{
    ACCOUNTS, ATTEMPTS, DOCUMENT_LINES, DOCUMENTS, INVOICES, ITEMS, LOG, PAYOUTS, PLAN_CHANGES, POSTINGS, SEGMENTS,
    SERVICES, SUBSCRIPTIONS, Table,
};
use crate::value::{Fields, Value};

/// Everything that is booked of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books {
    /// The account with all its records: dropped items, coverage of the past, closed invoices and captured attempts
    /// too. Of changes it holds the open one; all are in `changes`.
    pub account: Account,
    /// Every plan change, by id.
    pub changes: Vec<PlanChange>,
    /// Every payout, by id. The account holds the open one.
    pub payouts: Vec<Payout>,
    /// Every posting, by id.
    pub postings: Vec<BookedPosting>,
    /// Every document with its lines, by id.
    pub documents: Vec<Document>,
    /// Every log entry with its answer, by version.
    pub log: Vec<(LogEntry, Answer)>,
    /// Every effect and how it stands, by id.
    pub effects: Vec<(Effect, EffectState)>,
}

/// A posting and when it was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookedPosting {
    /// The posting.
    pub posting: Posting,
    /// When.
    pub at: Timestamp,
}

/// A series of numbers, as it was counted and as documents have it. Without gaps: `count == last == highest`, and
/// `lowest` is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesCount {
    /// The storefront.
    pub storefront: String,
    /// The series, such as `INV-2027`.
    pub name: String,
    /// The last number that was given.
    pub last: i64,
    /// How many documents have a number of it.
    pub count: i64,
    /// The lowest of those numbers; 0 where there is none.
    pub lowest: i64,
    /// The highest of those numbers; 0 where there is none.
    pub highest: i64,
}

impl Store {
    /// The ids of accounts in order, after one of them, at most `limit`.
    pub fn account_ids(&self, after: Option<AccountId>, limit: u32) -> Result<Vec<AccountId>, StoreError> {
        let after = after.map_or(String::new(), |id| id.to_string());
        let sql = "select id from accounts where id > $1 order by id limit $2";
        let rows = self.read(sql, &[after.into(), limit.into()])?;
        rows.iter().map(|row| row.fields("accounts").word()).collect()
    }

    /// Everything that is booked of one account.
    pub fn books(&self, account: AccountId) -> Result<Option<Books>, StoreError> {
        self.read_together(|session| read_books(session, account))
    }

    /// Every series of numbers, by storefront and name.
    pub fn series(&self) -> Result<Vec<SeriesCount>, StoreError> {
        let rows = self.read(
            "select s.storefront, s.name, s.last, count(d.number), coalesce(min(d.number), 0),
                    coalesce(max(d.number), 0)
             from series s left join documents d on d.storefront = s.storefront and d.series = s.name
             group by s.storefront, s.name, s.last order by s.storefront, s.name",
            &[],
        )?;
        let counts = rows.iter().map(|row| {
            let mut fields = row.fields("series");
            Ok(SeriesCount {
                storefront: fields.text()?,
                name: fields.text()?,
                last: fields.int()?,
                count: fields.int()?,
                lowest: fields.int()?,
                highest: fields.int()?,
            })
        });
        counts.collect()
    }
}

fn read_books(session: &mut dyn Session, id: AccountId) -> Result<Option<Books>, StoreError> {
    let Some(mut account) = all(session, &ACCOUNTS, "id", id, read_account)?.pop() else {
        return Ok(None);
    };
    let owner = "account_id";
    let subscriptions = all(session, &SUBSCRIPTIONS, owner, id, read_subscription)?;
    let services = all(session, &SERVICES, owner, id, read_service)?;
    let items = all(session, &ITEMS, owner, id, read_item)?;
    let segments = all(session, &SEGMENTS, owner, id, read_segment)?;
    let changes = all(session, &PLAN_CHANGES, owner, id, read_change)?;
    let open = changes.iter().filter(|change| change.is_open()).cloned().collect();
    account.subscriptions = assemble(subscriptions, services, items, segments, open)?;
    account.invoices = all(session, &INVOICES, owner, id, read_invoice)?;
    account.attempts = all(session, &ATTEMPTS, owner, id, read_attempt)?;

    let payouts = all(session, &PAYOUTS, owner, id, read_payout)?;
    account.payout = payouts.iter().find(|payout| payout.is_open()).cloned();

    let postings = all(session, &POSTINGS, owner, id, |fields| {
        let (_, posting, at) = read_posting(fields)?;
        Ok(BookedPosting { posting, at })
    })?;
    let mut documents = all(session, &DOCUMENTS, owner, id, |fields| Ok(read_document(fields)?.1))?;
    for (document, line) in all(session, &DOCUMENT_LINES, owner, id, read_line)? {
        let place = documents.binary_search_by_key(&document, |known: &Document| known.id);
        documents[place.map_err(|_| orphan(document))?].lines.push(line);
    }
    let sql = format!("select answer, {} from log where account_id = $1 order by version", LOG.names());
    let mut log = Vec::new();
    for row in session.query(&sql, &[id.into()])? {
        let mut fields = row.fields("log");
        let answer = fields.json()?;
        log.push((read_log(&mut fields)?, answer));
    }
    let sql = "select id, due_at, wish, state from effects where account_id = $1 order by id";
    let mut effects = Vec::new();
    for row in session.query(sql, &[id.into()])? {
        let mut fields = row.fields("effects");
        let (id, due_at) = (fields.word()?, fields.at()?);
        effects.push((Effect { id, due_at, wish: fields.json()? }, fields.word()?));
    }
    Ok(Some(Books { account, changes, payouts, postings, documents, log, effects }))
}

/// All rows of a table that belong to an account, in the order of the table's key.
fn all<T>(
    session: &mut dyn Session,
    table: &Table,
    owner: &str,
    id: AccountId,
    read: impl Fn(&mut Fields<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let (columns, name, key) = (table.names(), table.name, table.key.join(", "));
    let sql = format!("select {columns} from {name} where {owner} = $1 order by {key}");
    let rows = session.query(&sql, &[Value::from(id)])?;
    rows.iter().map(|row| read(&mut row.fields(name))).collect()
}

fn orphan(document: DocumentId) -> StoreError {
    StoreError::Unreadable { table: "document_lines", reason: format!("a line of {document}, which is missing") }
}
