//! Amounts, days and cycles as the admin writes them: in English, whatever a storefront speaks. The words themselves are
//! those of `portal::words`.

use billing::calendar::{Cycle, Span, Zone};
use billing::money::Money;
use jiff::Timestamp;

use crate::portal::gives::Gives;
use crate::portal::words::{self, Words};
pub(super) use crate::portal::words::{last_day, quantified};
use crate::ui::{AmountView, DateView, Language};

/// What the admin is written in.
pub(super) const ENGLISH: Language = Language::English;

/// What plans and sizes give, in the words of the admin: there codes of the catalogue are read as they are.
pub(super) const GIVES: Gives<'static> = Gives { language: ENGLISH, product: None };

/// What the portal says to the customer, said to staff.
pub(super) fn for_staff(text: &str) -> String {
    text.replace("Your next invoice", "The next invoice").replace("your balance", "the balance")
}

/// The words of the admin, with days in a customer's zone.
pub(super) fn english(zone: &Zone) -> Words<'_> {
    Words { language: ENGLISH, zone }
}

pub(super) fn amount(money: Money) -> AmountView {
    words::amount(ENGLISH, money)
}

pub(super) fn difference(money: Money) -> AmountView {
    words::difference(ENGLISH, money)
}

pub(super) fn moment(at: Timestamp, zone: &Zone) -> DateView {
    english(zone).moment(at)
}

pub(super) fn day(at: Timestamp, zone: &Zone) -> DateView {
    english(zone).day(at)
}

pub(super) fn days(span: Span, zone: &Zone) -> String {
    english(zone).days(span)
}

pub(super) fn per(cycle: Cycle) -> String {
    words::per(ENGLISH, cycle)
}

pub(super) fn every(cycle: Cycle) -> String {
    words::every(ENGLISH, cycle)
}

pub(super) fn about(seconds: u32) -> String {
    words::about(ENGLISH, seconds)
}
