//! A form of the admin: what it is about, what is filled in, what will happen. One template draws
//! them all; a form that was refused is drawn again with everything that was typed.

use super::list::Tab;
use crate::ui::{Checkbox, Fact, Field, Page, RadioCard, Select};
use askama::Template;

/// Any form: a new customer, a new service, a transfer, goodwill, a withdrawal.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/form.html")]
pub struct FormPage {
    /// Around the content; its title says what the form does.
    pub page: Page,
    /// Forms beside this one.
    pub tabs: Vec<Tab>,
    /// What it is about.
    pub facts: Vec<Fact>,
    /// What is wrong as a whole; what is wrong with one field stands at the field.
    pub problem: Option<String>,
    /// Where the form is sent.
    pub action: String,
    /// The idempotency key of this form: a double click is done once.
    pub key: String,
    /// What is filled in.
    pub inputs: Vec<Input>,
    /// What will happen, a sentence each.
    pub consequences: Vec<String>,
    /// What the button does: `Book €13.33`.
    pub button: String,
    /// Whether the button takes something away.
    pub danger: bool,
    /// The way back: words and address.
    pub back: (String, String),
}

impl FormPage {
    /// A form of nothing, to be filled.
    #[must_use]
    pub fn empty(page: Page) -> Self {
        Self {
            page,
            tabs: Vec::new(),
            facts: Vec::new(),
            problem: None,
            action: String::new(),
            key: String::new(),
            inputs: Vec::new(),
            consequences: Vec::new(),
            button: String::new(),
            danger: false,
            back: (String::new(), String::new()),
        }
    }
}

/// Something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text.
    Field(Field),
    /// One of a few.
    Select(Select),
    /// Yes or no.
    Checkbox(Checkbox),
    /// One of several with room for what they mean.
    Cards {
        /// The question.
        legend: String,
        /// The answers.
        cards: Vec<RadioCard>,
        /// What is wrong with the answer.
        error: Option<String>,
    },
    /// A value that travels unseen.
    Hidden {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
}

impl FormPage {
    fn button_kind(&self) -> &'static str {
        if self.danger { "danger" } else { "primary" }
    }
}
