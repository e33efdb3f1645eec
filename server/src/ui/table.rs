//! Lists: tables with their empty state and pages, rows with their menu, and key–value lists.
//! One template draws them all, so that every list of the portal and the admin behaves the same.

use super::{AmountView, Badge, DateView, Icon};

/// What a cell of a table or a fact of a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// Words, and quieter words below them.
    Noted(String, String),
    /// Money.
    Amount(AmountView),
    /// A day or a moment.
    Date(DateView),
    /// A state.
    Badge(Badge),
    /// Words that lead somewhere, and quieter words below them.
    Link {
        /// What is read.
        label: String,
        /// Where it leads.
        href: String,
        /// Quieter words below.
        note: Option<String>,
    },
    /// An id or another text for machines.
    Code(String),
    /// Nothing; a dash is shown, and `none` is read out.
    Nothing,
}

impl Value {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Words that lead somewhere.
    #[must_use]
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self::Link { label: label.into(), href: href.into(), note: None }
    }
}

/// Whether a text is one short word, such as a document's number, which is never torn in two.
#[must_use]
pub fn is_short_word(text: &str) -> bool {
    text.len() <= 20 && !text.contains(char::is_whitespace)
}

impl From<AmountView> for Value {
    fn from(amount: AmountView) -> Self {
        Self::Amount(amount)
    }
}

impl From<DateView> for Value {
    fn from(date: DateView) -> Self {
        Self::Date(date)
    }
}

impl From<Badge> for Value {
    fn from(badge: Badge) -> Self {
        Self::Badge(badge)
    }
}

impl<V: Into<Value>> From<Option<V>> for Value {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// A line of a key–value list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The key, as words.
    pub label: String,
    /// The value.
    pub value: Value,
}

impl Fact {
    /// A line of a key–value list.
    #[must_use]
    pub fn new(label: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The words in its head.
    pub label: String,
    /// Whether it holds numbers, which stand at the end of the cell.
    pub numeric: bool,
    /// Where a press on the head leads, to sort by it.
    pub sort_href: Option<String>,
    /// `ascending` or `descending` when the table is sorted by it.
    pub sorted: Option<&'static str>,
}

impl Column {
    /// A column of words.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false, sort_href: None, sorted: None }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numeric(label: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::new(label) }
    }
}

/// An entry of a ⋮ menu. It leads somewhere; what changes something stands on the page it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// What it does.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Its drawing.
    pub icon: Icon,
    /// Why it cannot be taken now; it is shown without a link.
    pub refused: Option<String>,
}

impl MenuItem {
    /// An entry that can be taken.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, icon: Icon) -> Self {
        Self { label: label.into(), href: href.into(), icon, refused: None }
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many cells as there are columns.
    pub cells: Vec<Value>,
    /// The entries of its ⋮ menu; empty for no menu.
    pub menu: Vec<MenuItem>,
    /// What the menu is about, for a screen reader: the row's name.
    pub name: String,
}

impl Row {
    /// A row without a menu.
    #[must_use]
    pub fn new(cells: Vec<Value>) -> Self {
        Self { cells, menu: Vec::new(), name: String::new() }
    }

    /// The same row with a menu about `name`.
    #[must_use]
    pub fn with_menu(mut self, name: impl Into<String>, menu: Vec<MenuItem>) -> Self {
        self.name = name.into();
        self.menu = menu;
        self
    }
}

/// What stands where a list will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyState {
    /// What is not here yet.
    pub title: String,
    /// What will be here, and the first step.
    pub sentence: String,
    /// The first step, as a link: words and address.
    pub action: Option<(String, String)>,
    /// The drawing above.
    pub icon: Icon,
}

impl EmptyState {
    /// An empty state without a first step.
    #[must_use]
    pub fn new(icon: Icon, title: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { title: title.into(), sentence: sentence.into(), action: None, icon }
    }
}

/// A list over several pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// Where newer entries are.
    pub previous: Option<String>,
    /// Where older entries are.
    pub next: Option<String>,
    /// `1–25 of 112`, or nothing.
    pub text: String,
}

impl Pager {
    /// Whether there is anything to show.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.previous.is_some() || self.next.is_some()
    }
}

/// A table with everything around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What the table shows; read out, and seen only when the page does not already say it.
    pub caption: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Shown when there are no rows.
    pub empty: EmptyState,
    /// Where the other pages are.
    pub pager: Pager,
}

impl Table {
    /// Whether any row has a menu, which needs a column of its own.
    #[must_use]
    pub fn has_menus(&self) -> bool {
        self.rows.iter().any(|row| !row.menu.is_empty())
    }

    /// The cells of a row with their columns.
    pub fn cells<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a Column, &'a Value)> {
        self.columns.iter().zip(&row.cells)
    }
}
