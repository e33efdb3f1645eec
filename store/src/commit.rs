//! Everything that follows from one decision, in one transaction: the records that changed, postings, documents with
//! their numbers, the log entry and the effects.
//!
//! The account's version guards it: whoever loaded an older one writes nothing. On SQLite the rows go in one prepared
//! statement each, inside the writer's group; on PostgreSQL all of it is one statement with one JSON argument per table,
//! because a round trip costs more than the rows. Numbers are counted per storefront and series: the counter's row is
//! locked until the commit, so they have no gaps.

use std::collections::BTreeMap;
use std::fmt::Write;

use billing::account::{Account, Subscription};
use billing::decide::Decision;
use billing::id::DocumentId;

use crate::Store;
use crate::error::{CommitError, StoreError};
use crate::records::{
    account_row, attempt_row, change_row, document_row, effect_row, event_row, invoice_row, item_row, line_row,
    log_row, payout_row, posting_row, segment_row, service_row, subscription_row,
};
use crate::session::{Driver, Session};
use crate::tables::{ACCOUNTS, DOCUMENT_NUMBER, DOCUMENT_SERIES, DOCUMENTS, Kind, Table, WRITTEN};
use crate::value::{Row, Value};

/// The number that each document of a decision was given.
pub type Numbers = Vec<(DocumentId, i64)>;

impl Store {
    /// Stores a decision that was made on `before`, the account as it was loaded.
    pub fn commit(&self, before: Option<&Account>, decision: &Decision) -> Result<Numbers, CommitError> {
        let writing = Writing::of(before, decision);
        let committed = match &*self.driver {
            Driver::Sqlite(sqlite) => sqlite.write(move |session| writing.row_by_row(session)),
            Driver::Postgres(postgres) => {
                let (text, args) = writing.one_statement();
                postgres.write_one(&text, &args).and_then(|rows| read_outcome(&rows))
            }
        };
        match committed {
            Ok(Some(numbers)) => Ok(numbers),
            Ok(None) | Err(StoreError::LostRace) => Err(CommitError::Conflict),
            Err(StoreError::Unique(name)) => Err(CommitError::Unique(name)),
            Err(fault) => Err(CommitError::Fault(fault)),
        }
    }
}

/// The rows of a decision, table by table in the order of `WRITTEN`.
struct Writing {
    account: Vec<Value>,
    /// How many numbers each series of the account's storefront gives, in the order of their names: every commit locks
    /// counters in this order, so that two can never wait for each other.
    series: BTreeMap<String, i64>,
    storefront: String,
    rows: Vec<Vec<Vec<Value>>>,
}

impl Writing {
    fn of(before: Option<&Account>, decision: &Decision) -> Self {
        let account = &decision.account;
        let id = account.id;
        let mut changed = Changed::default();
        for subscription in &account.subscriptions {
            let earlier = before.and_then(|account| account.subscription(subscription.id));
            changed.subscription(account, earlier, subscription);
        }

        let mut series = BTreeMap::<String, i64>::new();
        for document in &decision.documents {
            *series.entry(document.series.clone()).or_default() += 1;
        }
        let mut given = BTreeMap::<&str, i64>::new();
        let mut documents = Vec::with_capacity(decision.documents.len());
        let mut lines = Vec::new();
        for document in &decision.documents {
            let ordinal = given.entry(&document.series).or_default();
            *ordinal += 1;
            documents.push(document_row(account, document, *ordinal - series[&document.series]));
            for (line_no, line) in (0..).zip(&document.lines) {
                lines.push(line_row(id, document.id, line_no, line));
            }
        }

        let invoices = account.invoices.iter();
        let invoices = invoices.filter(|new| before.and_then(|old| old.invoice(new.id)) != Some(*new));
        let attempts = account.attempts.iter().filter(|new| {
            let known = before.and_then(|old| old.attempts.iter().find(|attempt| attempt.id == new.id));
            known != Some(*new)
        });
        let payouts = account.payout.iter();
        let payouts = payouts.filter(|new| before.and_then(|old| old.payout.as_ref()) != Some(*new));
        let event = decision.gateway_event.iter();
        let at = decision.log.at;
        Self {
            account: account_row(account),
            storefront: account.storefront.clone(),
            rows: vec![
                changed.subscriptions,
                changed.services,
                changed.items,
                changed.segments,
                changed.changes,
                documents,
                lines,
                invoices.map(|invoice| invoice_row(id, invoice)).collect(),
                attempts.map(|attempt| attempt_row(id, attempt)).collect(),
                payouts.map(|payout| payout_row(id, payout)).collect(),
                decision.postings.iter().map(|posting| posting_row(id, posting, at)).collect(),
                vec![log_row(&decision.log, &decision.answer)],
                decision.effects.iter().map(|effect| effect_row(id, effect)).collect(),
                event.map(|(gateway, event)| event_row(id, gateway, event, at)).collect(),
            ],
            series,
        }
    }

    /// SQLite: a statement per row. `None` where the account has moved on, and then nothing was written.
    fn row_by_row(&self, session: &mut dyn Session) -> Result<Option<Numbers>, StoreError> {
        let texts = &*TEXTS;
        if session.execute(&texts.account, &self.account)? == 0 {
            return Ok(None);
        }
        let mut last = BTreeMap::new();
        for (name, count) in &self.series {
            let args = [(&self.storefront).into(), name.into(), (*count).into()];
            let rows = session.query(&texts.series, &args)?;
            last.insert(name.as_str(), one(&rows)?.fields("series").int()?);
        }
        let mut numbers = Vec::new();
        for (table, (text, rows)) in WRITTEN.iter().zip(texts.rows.iter().zip(&self.rows)) {
            for row in rows {
                if table.name == DOCUMENTS.name {
                    let (document, row) = numbered(row, &last)?;
                    numbers.push(document);
                    session.execute(text, &row)?;
                } else {
                    session.execute(text, row)?;
                }
            }
        }
        Ok(Some(numbers))
    }

    /// PostgreSQL: one statement. Only tables that get rows are in it; the few texts that arise are prepared once each.
    fn one_statement(&self) -> (String, Vec<Value>) {
        let mut text = TEXTS.guard.clone();
        let mut args = vec![Value::json(&self.account)];
        let mut result = "'[]'".to_owned();
        if !self.series.is_empty() {
            let series = self.series.iter().map(|(name, count)| (&self.storefront, name, count));
            args.push(Value::json(&series.collect::<Vec<_>>()));
            text.push_str(&TEXTS.counters);
            result =
                "coalesce((select json_agg(json_build_array(id, number)) from written_documents), '[]')".to_owned();
        }
        for (table, rows) in WRITTEN.iter().zip(&self.rows).filter(|(_, rows)| !rows.is_empty()) {
            args.push(Value::json(rows));
            insert_many(table, args.len(), &mut text);
        }
        write!(text, " select (select count(*) from guard), {result}::text").expect("a string takes any text");
        (text, args)
    }
}

/// A document's row with its number in the place of the distance, and its id with the number.
fn numbered(row: &[Value], last: &BTreeMap<&str, i64>) -> Result<((DocumentId, i64), Vec<Value>), StoreError> {
    let mut row = row.to_vec();
    let number = match (&row[DOCUMENT_SERIES], &row[DOCUMENT_NUMBER]) {
        (Value::Text(series), Value::Int(distance)) => last[series.as_str()] + distance,
        _ => unreachable!("a document's row is built by document_row"),
    };
    row[DOCUMENT_NUMBER] = Value::Int(number);
    let mut fields = crate::value::Fields::of(&row, "documents");
    fields.skip()?;
    let id = fields.word()?;
    Ok(((id, number), row))
}

/// The rows of subscriptions that differ from what was loaded.
#[derive(Default)]
struct Changed {
    subscriptions: Vec<Vec<Value>>,
    services: Vec<Vec<Value>>,
    items: Vec<Vec<Value>>,
    segments: Vec<Vec<Value>>,
    changes: Vec<Vec<Value>>,
}

impl Changed {
    fn subscription(&mut self, account: &Account, before: Option<&Subscription>, now: &Subscription) {
        let id = account.id;
        let row = subscription_row(id, now, account.is_done_with(now));
        // What was loaded was not gone.
        if before.is_none_or(|before| subscription_row(id, before, false) != row) {
            self.subscriptions.push(row);
        }
        if before.map(|before| &before.service) != Some(&now.service) {
            self.services.push(service_row(id, now.id, &now.service));
        }
        for item in &now.items {
            let known = before.and_then(|before| before.items.iter().find(|known| known.id == item.id));
            if known != Some(item) {
                self.items.push(item_row(id, now.id, item));
            }
        }
        for segment in &now.coverage {
            let known = before.and_then(|before| before.coverage.iter().find(|known| known.id == segment.id));
            if known != Some(segment) {
                self.segments.push(segment_row(id, now.id, segment));
            }
        }
        if let Some(replaced) = &now.replaced {
            // Before the one that takes its place: of a subscription only one may be open.
            self.changes.push(change_row(id, replaced));
        }
        if let Some(change) = &now.change
            && before.and_then(|before| before.change.as_ref()) != Some(change)
        {
            self.changes.push(change_row(id, change));
        }
    }
}

/// The texts of a commit, made from `tables.rs` once.
struct Texts {
    account: String,
    series: String,
    rows: Vec<String>,
    guard: String,
    counters: String,
}

static TEXTS: std::sync::LazyLock<Texts> = std::sync::LazyLock::new(|| {
    let guarded = " where accounts.version = excluded.version - 1";
    let counted =
        "on conflict (storefront, name) do update set last = series.last + excluded.last returning name, last";
    let columns = ACCOUNTS.names();
    let values = fields_of(&ACCOUNTS);
    let on_conflict = ACCOUNTS.on_conflict();
    Texts {
        account: format!("{}{guarded}", ACCOUNTS.insert_one()),
        series: "insert into series (storefront, name, last) values ($1, $2, $3)
             on conflict (storefront, name) do update set last = series.last + excluded.last returning last"
            .to_owned(),
        rows: WRITTEN.iter().map(|table| table.insert_one()).collect(),
        guard: format!(
            "with guard as (insert into accounts ({columns}) select {values} from (select $1::json as r) as t
             {on_conflict}{guarded} returning 1)"
        ),
        counters: format!(
            ", counters as (insert into series (storefront, name, last)
             select r->>0, r->>1, (r->>2)::bigint from json_array_elements($2::json) as t(r)
             where exists (select 1 from guard) order by 1, 2 {counted})"
        ),
    }
});

/// The values of a row that came as a JSON array `r`.
fn fields_of(table: &Table) -> String {
    let fields = table.columns.iter().enumerate().map(|(place, (name, kind))| match kind {
        _ if table.name == DOCUMENTS.name && *name == "number" => {
            format!("(select last from counters where name = r->>{DOCUMENT_SERIES}) + (r->>{place})::bigint")
        }
        Kind::Text => format!("r->>{place}"),
        Kind::Int => format!("(r->>{place})::bigint"),
    });
    fields.collect::<Vec<_>>().join(", ")
}

fn insert_many(table: &Table, argument: usize, text: &mut String) {
    let name = table.name;
    let returning = if name == DOCUMENTS.name { " returning id, number" } else { "" };
    write!(
        text,
        ", written_{name} as (insert into {name} ({}) select {} from json_array_elements(${argument}::json) as t(r)
         where exists (select 1 from guard){}{returning})",
        table.names(),
        fields_of(table),
        table.on_conflict(),
    )
    .expect("a string takes any text");
}

fn one(rows: &[Row]) -> Result<&Row, StoreError> {
    rows.first().ok_or_else(|| StoreError::Database("a commit answered without a row".to_owned()))
}

/// What the one statement answered: did the guard let it through, and which numbers were given?
fn read_outcome(rows: &[Row]) -> Result<Option<Numbers>, StoreError> {
    let mut fields = one(rows)?.fields("commit");
    if fields.int()? == 0 {
        return Ok(None);
    }
    fields.json().map(Some)
}
