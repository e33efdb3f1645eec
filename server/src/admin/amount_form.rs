//! What the forms share in which staff write an amount and a text about it: goodwill, transfers, payouts.

use billing::account::Account;
use billing::id::AccountId;
use billing::refusal::Refusal;

use super::desk::Desk;
use super::views::FormPage;
use super::views::form::Input;
use crate::app::App;
use crate::ui::{AdminSection, Field};
use crate::web::{PageError, sentence};

/// What is wrong with what was written.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    amount: Option<String>,
    text: Option<String>,
    whole: Option<String>,
}

impl Wrong {
    /// The amount cannot be read.
    pub fn amount(text: String) -> Self {
        Self { amount: Some(text), ..Self::default() }
    }

    /// The command was refused: beside the field that it is about.
    pub fn of(refusal: &Refusal) -> Self {
        let text = Some(sentence(&refusal.to_string()));
        match refusal {
            Refusal::BadText { .. } => Self { text, ..Self::default() },
            Refusal::BadAmount(_) | Refusal::PayoutTooMuch(_) | Refusal::FeeTakesAll(_) => {
                Self { amount: text, ..Self::default() }
            }
            _ => Self { whole: text, ..Self::default() },
        }
    }
}

/// The account of an address; unknown ones are not found.
pub(super) async fn account_of(app: &App, desk: &Desk, id: &str) -> Result<Account, PageError> {
    let id = AccountId::parse(id).map_err(|_| PageError::NotFound)?;
    let now = desk.now;
    app.read(move |engine| engine.account(id, now)).await?.ok_or(PageError::NotFound)
}

/// The form without what it is about: `typed` are its key and its amount, `text` the other field.
pub(super) fn amount_form(
    desk: &Desk,
    account: &Account,
    (key, amount): (&str, &str),
    text: Field,
    wrong: Wrong,
) -> FormPage {
    let label = format!("Amount in {}", account.currency);
    let amount = Field { error: wrong.amount, ..Field::new("amount", label, "text").value(amount) };
    let text = Field { error: wrong.text, ..text };
    FormPage {
        problem: wrong.whole,
        key: key.to_owned(),
        inputs: vec![Input::Field(amount), Input::Field(text)],
        ..FormPage::empty(desk.page(String::new(), AdminSection::Customers))
    }
}
