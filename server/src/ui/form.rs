//! What people fill in. A field carries its own help and its own error, so that both always stand
//! beside it and are read out with it.

use jiff::civil::Date;

use super::{AmountView, Badge};

/// A field of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name in the form.
    pub name: String,
    /// The words above it.
    pub label: String,
    /// `text`, `email`, `password`, `number`, `search`.
    pub kind: &'static str,
    /// What stands in it. Never filled for a password.
    pub value: String,
    /// A sentence below it.
    pub help: Option<String>,
    /// What is wrong with it and what to do, as a sentence.
    pub error: Option<String>,
    /// The browser's `autocomplete` word, or `off`.
    pub autocomplete: &'static str,
    /// Whether it may stay empty.
    pub required: bool,
    /// Whether it can only be read.
    pub read_only: bool,
}

impl Field {
    /// A required field that is empty.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: &'static str) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            value: String::new(),
            help: None,
            error: None,
            autocomplete: "off",
            required: true,
            read_only: false,
        }
    }

    /// The same field with something in it.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The same field with a sentence below it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same field with what is wrong.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// The same field with a word for the browser's memory.
    #[must_use]
    pub fn autocomplete(mut self, word: &'static str) -> Self {
        self.autocomplete = word;
        self
    }

    /// The same field, free to stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same field, to be read only.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self.required = false;
        self
    }
}

/// One entry of a select.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is the present choice.
    pub selected: bool,
}

impl Choice {
    /// One entry of a select.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>, selected: bool) -> Self {
        Self { value: value.into(), label: label.into(), selected }
    }
}

/// A choice among a few named values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Select {
    /// The name in the form.
    pub name: String,
    /// The words above it.
    pub label: String,
    /// The entries, in order.
    pub choices: Vec<Choice>,
    /// A sentence below it.
    pub help: Option<String>,
    /// What is wrong with it and what to do.
    pub error: Option<String>,
}

/// A yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkbox {
    /// The name in the form; its value is `yes`.
    pub name: String,
    /// The words beside it.
    pub label: String,
    /// Whether it is ticked.
    pub checked: bool,
    /// A sentence below it.
    pub help: Option<String>,
}

/// A day of a few that can be chosen, beside the card that chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayField {
    /// The name in the form.
    pub name: String,
    /// The words above it.
    pub label: String,
    /// The day that stands in it.
    pub value: Date,
    /// The first day that can be chosen.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// A sentence below it.
    pub help: String,
}

/// One of several large choices with room for consequences: a cycle, a payment method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RadioCard {
    /// The name in the form, the same for all cards of a group.
    pub name: String,
    /// What is sent.
    pub value: String,
    /// The words in the first line.
    pub label: String,
    /// A sentence below them.
    pub note: Option<String>,
    /// An amount at the end of the line.
    pub amount: Option<AmountView>,
    /// A few words under the amount: `per month`.
    pub amount_note: Option<String>,
    /// A mark beside the label: `Your plan`.
    pub badge: Option<Badge>,
    /// Whether it is the present choice.
    pub selected: bool,
    /// Why it cannot be taken; it is shown all the same.
    pub refused: Option<String>,
}

impl RadioCard {
    /// A card with a label and nothing more.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>, label: impl Into<String>, selected: bool) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            label: label.into(),
            note: None,
            amount: None,
            amount_note: None,
            badge: None,
            selected,
            refused: None,
        }
    }

    /// The same card with a sentence below the label.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
