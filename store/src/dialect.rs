//! Every difference between the two databases that a statement can show. All other files write one SQL text, in the
//! portable subset (text, 64-bit integers, bytes; `on conflict`, `returning`, CTEs, row values), with these marks:
//!
//! | mark | SQLite | PostgreSQL |
//! |---|---|---|
//! | `$1` | `?1`, because SQLite numbers `$1` by first appearance | `$1` |
//! | `{text}` `{int}` `{bytes}` | `text` `integer` `blob` | `text collate "C"` `bigint` `bytea` |
//! | `{table}` after a table's columns | `strict, without rowid` | nothing |
//! | `{append_only NAME}` | triggers that refuse update and delete | the same |
//! | `{rows A, B; ORDER}` | rows as a JSON array of arrays | the same, as text |
//! | `{skip locked}` | nothing: there is one writer | `for update skip locked` |

use std::fmt::Write;

/// One of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The database's own text of a portable statement.
    pub fn text(self, portable: &str) -> String {
        let mut out = String::with_capacity(portable.len() + portable.len() / 4);
        let mut rest = portable;
        while let Some(at) = rest.find(['$', '{']) {
            out.push_str(&rest[..at]);
            let mark = &rest[at..];
            if let Some(after) = mark.strip_prefix('$') {
                out.push(if self == Self::Sqlite { '?' } else { '$' });
                rest = after;
            } else {
                let end = mark.find('}').expect("a mark that is closed");
                self.mark(&mark[1..end], &mut out);
                rest = &mark[end + 1..];
            }
        }
        out.push_str(rest);
        out
    }

    /// Makes two programs that migrate at once wait for each other. SQLite's writer is alone already.
    pub fn lock_migrations(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => "select pg_advisory_xact_lock(7240031)",
        }
    }

    /// Is there a table of migrations? Asked before any of our tables can be relied on.
    pub fn has_migrations(self) -> &'static str {
        match self {
            Self::Sqlite => "select count(*) from sqlite_master where type = 'table' and name = 'migrations'",
            Self::Postgres => {
                "select count(*) from information_schema.tables
                 where table_name = 'migrations' and table_schema = current_schema()"
            }
        }
    }

    fn mark(self, mark: &str, out: &mut String) {
        match (mark, self) {
            ("text", Self::Sqlite) => out.push_str("text"),
            ("text", Self::Postgres) => out.push_str("text collate \"C\""),
            ("int", Self::Sqlite) => out.push_str("integer"),
            ("int", Self::Postgres) => out.push_str("bigint"),
            ("bytes", Self::Sqlite) => out.push_str("blob"),
            ("bytes", Self::Postgres) => out.push_str("bytea"),
            ("table", Self::Sqlite) => out.push_str("strict, without rowid"),
            ("table", Self::Postgres) => {}
            ("skip locked", Self::Sqlite) => {}
            ("skip locked", Self::Postgres) => out.push_str("for update skip locked"),
            _ => match mark.split_once(' ') {
                Some(("append_only", table)) => self.append_only(table, out),
                Some(("rows", columns)) => self.rows(columns, out),
                _ => unreachable!("the mark {{{mark}}} is not of the dialect"),
            },
        }
    }

    /// Rows as one JSON text; an empty array where there are none.
    fn rows(self, mark: &str, out: &mut String) {
        let (columns, order) = mark.split_once(';').expect("rows and their order");
        let written = match self {
            Self::Sqlite => write!(out, "json_group_array(json_array({columns}) order by{order})"),
            Self::Postgres => {
                write!(out, "coalesce(json_agg(json_build_array({columns}) order by{order}), '[]')::text")
            }
        };
        written.expect("a string takes any text");
    }

    /// Triggers that refuse to change or remove a row: what is booked stays.
    fn append_only(self, table: &str, out: &mut String) {
        let written = match self {
            Self::Sqlite => write!(
                out,
                "create trigger {table}_stay_unchanged before update on {table} begin
                     select raise(abort, '{table} are append-only: write a new row instead');
                 end;
                 create trigger {table}_stay before delete on {table} begin
                     select raise(abort, '{table} are append-only: nothing is deleted');
                 end;"
            ),
            Self::Postgres => write!(
                out,
                "create function {table}_stay() returns trigger language plpgsql as $stay$ begin
                     raise exception '{table} are append-only: write a new row instead'
                         using errcode = 'restrict_violation';
                 end $stay$;
                 create trigger {table}_stay before update or delete on {table}
                     for each row execute function {table}_stay();
                 create trigger {table}_stay_whole before truncate on {table}
                     for each statement execute function {table}_stay();"
            ),
        };
        written.expect("a string takes any text");
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn arguments_are_numbered_as_they_are_written() {
        let text = "select $2, $1 {skip locked}";
        assert_eq!(Dialect::Sqlite.text(text), "select ?2, ?1 ");
        assert_eq!(Dialect::Postgres.text(text), "select $2, $1 for update skip locked");
    }

    #[test]
    fn rows_are_one_text_on_both() {
        let text = "select {rows a, b; a desc} from t";
        assert_eq!(
            Dialect::Sqlite.text(text),
            "select json_group_array(json_array( a, b) order by a desc) from t".replace("( a", "(a")
        );
        assert!(Dialect::Postgres.text(text).contains("'[]')::text from t"));
    }
}
