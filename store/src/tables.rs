//! The tables that a commit writes, described once: their columns in the order in which rows are built and read
//! (`records.rs`), their keys, and whether a row may change. The texts that read and write them are made from here,
//! so a new column is named here, in a migration and in `records.rs`, and nowhere else.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
}

/// May a row be written again?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Once, and never changed.
    Append,
    /// Again, over the row of the same key.
    Upsert,
}

/// One table of an account.
#[derive(Debug)]
pub(crate) struct Table {
    pub name: &'static str,
    pub mode: Mode,
    /// The columns of the key.
    pub key: &'static [&'static str],
    pub columns: &'static [(&'static str, Kind)],
}

use Kind::{Int, Text};

/// The account itself; its version guards every commit.
pub(crate) const ACCOUNTS: Table = Table {
    name: "accounts",
    mode: Mode::Upsert,
    key: &["id"],
    columns: &[
        ("id", Text),
        ("version", Int),
        ("storefront", Text),
        ("name", Text),
        ("email", Text),
        ("zone", Text),
        ("currency", Text),
        ("opened_at", Int),
        ("balance_minor", Int),
        ("reserved_minor", Int),
        ("cash_minor", Int),
        ("granted_minor", Int),
        ("fees_on_minor", Int),
        ("log_hash", Text),
        ("had", Text),
    ],
};

pub(crate) const SUBSCRIPTIONS: Table = Table {
    name: "subscriptions",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("product", Text),
        ("started_at", Int),
        ("anchor_start", Text),
        ("anchor_cycle", Text),
        ("period_no", Int),
        ("periods_before", Int),
        ("period_from", Int),
        ("period_until", Int),
        ("due_day", Int),
        ("pays_by", Text),
        ("plan_credits", Text),
        ("carry", Text),
        ("waiting", Text),
        ("trial_until", Int),
        ("billed", Text),
        ("usage", Text),
        ("one_time", Text),
        ("full_refund_until", Int),
        ("cancellation", Text),
        ("gone", Int),
    ],
};

pub(crate) const SERVICES: Table = Table {
    name: "services",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("subscription_id", Text),
        ("label", Text),
        ("module", Text),
        ("desired", Text),
        ("access", Text),
        ("generation", Int),
        ("package", Text),
        ("observed", Text),
        ("observed_generation", Int),
        ("progress", Text),
        ("progress_reason", Text),
        ("progress_at", Int),
    ],
};

pub(crate) const ITEMS: Table = Table {
    name: "items",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("subscription_id", Text),
        ("component", Text),
        ("code", Text),
        ("label", Text),
        ("currency", Text),
        ("unit_price_minor", Int),
        ("tiers", Text),
        ("discount", Text),
        ("cycle", Text),
        ("quantity", Int),
        ("price_minor", Int),
        ("catalogue_version", Int),
    ],
};

pub(crate) const SEGMENTS: Table = Table {
    name: "segments",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("subscription_id", Text),
        ("item_id", Text),
        ("code", Text),
        ("label", Text),
        ("from_at", Int),
        ("until_at", Int),
        ("shares_first_day", Int),
        ("currency", Text),
        ("list_minor", Int),
        ("discount", Text),
        ("cycle", Text),
        ("quantity", Int),
        ("gross_minor", Int),
        ("net_minor", Int),
        ("tax_minor", Int),
        ("tax_rate", Text),
        ("collected_minor", Int),
        ("policy", Text),
        ("document_id", Text),
        ("bought", Text),
        ("of_trial", Int),
    ],
};

pub(crate) const PLAN_CHANGES: Table = Table {
    name: "plan_changes",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("subscription_id", Text),
        ("submitted_at", Int),
        ("asked_by", Text),
        ("pays_by", Text),
        ("document_id", Text),
        ("state", Text),
        ("needs_from", Int),
        ("lapses_at", Int),
        ("closed_at", Int),
        ("direction", Text),
        ("from_plan", Text),
        ("to_plan", Text),
        ("currency", Text),
        ("total_minor", Int),
        ("due_minor", Int),
        ("quote", Text),
    ],
};

/// Rows are built with the distance of the number from the last one of the series after this commit: see `commit.rs`.
pub(crate) const DOCUMENTS: Table = Table {
    name: "documents",
    mode: Mode::Append,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("kind", Text),
        ("storefront", Text),
        ("series", Text),
        ("number", Int),
        ("issued_at", Int),
        ("issued_on", Text),
        ("currency", Text),
        ("total_minor", Int),
        ("reason", Text),
        ("period_ordinal", Int),
        ("change_id", Text),
        ("subscription_id", Text),
        ("corrects_id", Text),
        ("fee_count", Text),
    ],
};

/// Where the series stands among the columns of a document, and where the number.
pub(crate) const DOCUMENT_SERIES: usize = 4;
/// See [`DOCUMENT_SERIES`].
pub(crate) const DOCUMENT_NUMBER: usize = 5;

pub(crate) const DOCUMENT_LINES: Table = Table {
    name: "document_lines",
    mode: Mode::Append,
    key: &["account_id", "document_id", "line_no"],
    columns: &[
        ("account_id", Text),
        ("document_id", Text),
        ("line_no", Int),
        ("item_id", Text),
        ("label", Text),
        ("quantity", Int),
        ("from_at", Int),
        ("until_at", Int),
        ("currency", Text),
        ("amount_minor", Int),
        ("tax_minor", Int),
        ("tax_rate", Text),
        ("segment_id", Text),
        ("derivation", Text),
        ("metered", Text),
    ],
};

pub(crate) const INVOICES: Table = Table {
    name: "invoices",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("subscription_id", Text),
        ("change_id", Text),
        ("currency", Text),
        ("total_minor", Int),
        ("from_balance_minor", Int),
        ("credited_minor", Int),
        ("due_on", Text),
        ("state", Text),
        ("closed_at", Int),
        ("paid_by", Text),
        ("dunning", Text),
        ("dunning_at", Int),
    ],
};

pub(crate) const ATTEMPTS: Table = Table {
    name: "attempts",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("invoice_id", Text),
        ("currency", Text),
        ("amount_minor", Int),
        ("card", Text),
        ("created_at", Int),
        ("state", Text),
        ("reason", Text),
        ("captured_at", Int),
    ],
};

pub(crate) const PAYOUTS: Table = Table {
    name: "payouts",
    mode: Mode::Upsert,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("currency", Text),
        ("amount_minor", Int),
        ("fee_minor", Int),
        ("sent_to", Text),
        ("requested_at", Int),
        ("state", Text),
        ("closed_at", Int),
        ("note", Text),
    ],
};

pub(crate) const POSTINGS: Table = Table {
    name: "postings",
    mode: Mode::Append,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("transaction_id", Text),
        ("ledger_account", Text),
        ("currency", Text),
        ("amount_minor", Int),
        ("document_id", Text),
        ("posted_at", Int),
    ],
};

pub(crate) const LOG: Table = Table {
    name: "log",
    mode: Mode::Append,
    key: &["account_id", "version"],
    columns: &[
        ("account_id", Text),
        ("version", Int),
        ("command_id", Text),
        ("decided_at", Int),
        ("actor", Text),
        ("actor_name", Text),
        ("name", Text),
        ("request_key", Text),
        ("digest", Text),
        ("summary", Text),
        ("body", Text),
        ("answer", Text),
        ("hash", Text),
    ],
};

pub(crate) const EFFECTS: Table = Table {
    name: "effects",
    mode: Mode::Append,
    key: &["account_id", "id"],
    columns: &[
        ("account_id", Text),
        ("id", Text),
        ("wish", Text),
        ("kind", Text),
        ("due_at", Int),
        ("state", Text),
        ("ready_at", Int),
        ("attempts", Int),
        ("fence", Int),
        ("leased_by", Text),
        ("closed_at", Int),
        ("error", Text),
    ],
};

pub(crate) const GATEWAY_EVENTS: Table = Table {
    name: "gateway_events",
    mode: Mode::Append,
    key: &["gateway", "event_id"],
    columns: &[("gateway", Text), ("event_id", Text), ("account_id", Text), ("received_at", Int)],
};

/// Every table that a commit writes, after the account, in the order of writing: what is referred to comes first.
pub(crate) const WRITTEN: [&Table; 14] = [
    &SUBSCRIPTIONS,
    &SERVICES,
    &ITEMS,
    &SEGMENTS,
    &PLAN_CHANGES,
    &DOCUMENTS,
    &DOCUMENT_LINES,
    &INVOICES,
    &ATTEMPTS,
    &PAYOUTS,
    &POSTINGS,
    &LOG,
    &EFFECTS,
    &GATEWAY_EVENTS,
];

/// The unique constraints that a decision can meet, with the columns by which SQLite names them.
pub(crate) const UNIQUES: &[(&str, &str)] = &[
    ("renewal_once", "documents.account_id, documents.subscription_id, documents.period_ordinal"),
    ("once_of_subscription", "documents.account_id, documents.subscription_id, documents.reason"),
    ("document_number", "documents.storefront, documents.series, documents.number"),
    ("gateway_event_once", "gateway_events.gateway, gateway_events.event_id"),
    ("key_once", "log.account_id, log.request_key"),
    ("command_once", "log.command_id"),
    ("one_open_change", "plan_changes.account_id, plan_changes.subscription_id"),
    ("one_open_payout", "payouts.account_id"),
    ("captured_once", "attempts.account_id, attempts.invoice_id"),
    ("login_email", "logins.email"),
    ("service_of_subscription", "services.account_id, services.subscription_id"),
];

impl Table {
    /// Its columns for a select, in order, each under an alias of the table where one is given.
    pub fn select(&self, alias: &str) -> String {
        let dot = if alias.is_empty() { "" } else { "." };
        let columns = self.columns.iter().map(|(name, _)| format!("{alias}{dot}{name}"));
        columns.collect::<Vec<_>>().join(", ")
    }

    /// Its columns for an insert.
    pub fn names(&self) -> String {
        self.select("")
    }

    /// What an insert does where the key is there already.
    pub fn on_conflict(&self) -> String {
        if self.mode == Mode::Append {
            return String::new();
        }
        let changing = self.columns.iter().map(|(name, _)| *name).filter(|name| !self.key.contains(name));
        let set: Vec<_> = changing.map(|name| format!("{name} = excluded.{name}")).collect();
        format!(" on conflict ({}) do update set {}", self.key.join(", "), set.join(", "))
    }

    /// An insert of one row, its values as arguments.
    pub fn insert_one(&self) -> String {
        let values: Vec<_> = (1..=self.columns.len()).map(|n| format!("${n}")).collect();
        let (name, columns) = (self.name, self.names());
        format!("insert into {name} ({columns}) values ({}){}", values.join(", "), self.on_conflict())
    }
}
