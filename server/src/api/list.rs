//! Cursor pagination: `limit` and `cursor` in, `data` and `next` out. A cursor is opaque; it holds the place of the last
//! row shown, so nothing is skipped or shown twice while rows are added.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use store::{Cursor, Page, Window};

use super::money_body::Listed;
use super::problem::Problem;

/// The most rows of one page.
const MAX_LIMIT: u32 = 100;

/// Rows of a page where no limit is given.
const LIMIT: u32 = 25;

/// Reads the parameters of a page.
pub fn window(limit: Option<&str>, cursor: Option<&str>) -> Result<Window, Problem> {
    let limit = match limit {
        None => LIMIT,
        Some(text) => text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)).ok_or_else(|| {
            Problem::with("bad-query", format!("`limit` must be a whole number from 1 to {MAX_LIMIT}.")).at("limit")
        })?,
    };
    let after = match cursor {
        None => None,
        Some(text) => Some(read(text).ok_or_else(|| Problem::new("bad-cursor").at("cursor"))?),
    };
    Ok(Window { after, limit })
}

fn read(text: &str) -> Option<Cursor> {
    let bytes = BASE64.decode(text).ok()?;
    Cursor::parse(std::str::from_utf8(&bytes).ok()?)
}

/// A page as it is answered.
pub fn listed<T, U>(page: Page<T>, show: impl Fn(&T) -> U) -> Listed<U> {
    Listed {
        data: page.rows.iter().map(show).collect(),
        next: page.next.map(|cursor| BASE64.encode(cursor.to_string())),
    }
}

/// A list without rows.
pub fn nothing<T>() -> Listed<T> {
    Listed { data: Vec::new(), next: None }
}

/// A filter that must be one of some words.
pub fn one_of(name: &str, value: Option<String>, words: &[&str]) -> Result<Option<String>, Problem> {
    match value {
        Some(value) if !words.contains(&value.as_str()) => {
            let words = words.join("`, `");
            Err(Problem::with("bad-query", format!("`{name}` must be one of `{words}`.")).at(name))
        }
        value => Ok(value),
    }
}

/// A filter that must be an id.
pub fn id_of<T: TryFrom<String>>(name: &str, value: Option<String>) -> Result<Option<T>, Problem>
where
    T::Error: std::fmt::Display,
{
    let wrong = |error: T::Error| Problem::with("bad-query", format!("`{name}`: {error}.")).at(name);
    value.map(|text| T::try_from(text).map_err(wrong)).transpose()
}
