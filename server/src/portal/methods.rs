//! The ways to pay: the cards of the sandbox gateway, and bank transfer. Their names in forms, and their words.

use billing::account::AttemptState;
use billing::command::PaymentChoice;
use billing::effect::TestCard;
use serde::Deserialize;

use crate::gateways::CARD_DECLINED;
use crate::ui::RadioCard;
use crate::ui::language::{Language, Texts};
use crate::web::PageError;

/// The name of a bank transfer in forms.
const BANK_TRANSFER: &str = "bank_transfer";

/// The form that pays invoices by card, as it was sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PaySent {
    #[serde(default)]
    pub csrf: String,
    pub key: String,
    method: String,
}

impl PaySent {
    /// The card that was chosen.
    pub fn card(&self) -> Result<TestCard, PageError> {
        card(&self.method).ok_or_else(|| PageError::Unreadable("there is no such way to pay".to_owned()))
    }
}

/// The card of a name in a form.
fn card(name: &str) -> Option<TestCard> {
    TestCard::ALL.into_iter().find(|card| card_name(*card) == name)
}

/// The way to pay of a name in a form.
pub(super) fn choice(name: &str) -> Option<PaymentChoice> {
    if name == BANK_TRANSFER { Some(PaymentChoice::BankTransfer) } else { card(name).map(PaymentChoice::Card) }
}

/// The cards to choose from.
pub(super) fn card_choices(language: Language, chosen: Option<PaymentChoice>) -> Vec<RadioCard> {
    let chosen = match chosen {
        Some(PaymentChoice::Card(card)) => Some(card),
        Some(PaymentChoice::BankTransfer) => None,
        None => Some(TestCard::Pays),
    };
    let cards = TestCard::ALL.into_iter().map(|card| {
        let (label, note) = words(language, card);
        RadioCard::new("method", card_name(card), label, chosen == Some(card)).note(note)
    });
    cards.collect()
}

/// Every way to pay a change that is about to be ordered; `waits` says whether it waits for the payment.
pub(super) fn choices(language: Language, chosen: PaymentChoice, waits: bool) -> Vec<RadioCard> {
    let mut all = card_choices(language, Some(chosen));
    let is_chosen = chosen == PaymentChoice::BankTransfer;
    let transfer = RadioCard::new("method", BANK_TRANSFER, language.text("method-transfer"), is_chosen);
    let note = if waits { language.text("transfer-change-waits") } else { language.text("transfer-change-made") };
    all.push(transfer.note(note));
    all
}

/// Why the last try did not go through, as sentences. Of what gateways say only what is known has words in every language.
pub(super) fn declined(language: Language, state: &AttemptState) -> Option<String> {
    match state {
        AttemptState::Failed { reason } if reason == CARD_DECLINED => Some(language.text("payment-card-declined")),
        AttemptState::Failed { .. } => Some(language.text("payment-failed")),
        _ => None,
    }
}

fn card_name(card: TestCard) -> &'static str {
    match card {
        TestCard::Pays => "card_pays",
        TestCard::Declines => "card_declines",
        TestCard::TimesOutAfterCharging => "card_times_out",
    }
}

fn words(language: Language, card: TestCard) -> (String, String) {
    match card {
        TestCard::Pays => (language.text("card-pays"), language.text("card-pays-note")),
        TestCard::Declines => (language.text("card-declines"), language.text("card-declines-note")),
        TestCard::TimesOutAfterCharging => (language.text("card-times-out"), language.text("card-times-out-note")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_is_offered_can_be_chosen_and_one_is_chosen_already() {
        for chosen in [PaymentChoice::BankTransfer, PaymentChoice::Card(TestCard::Declines)] {
            let offered = choices(Language::English, chosen, true);
            assert_eq!(offered.iter().filter(|way| way.selected).count(), 1);
            for way in offered {
                let read = choice(&way.value).expect("an offered way is understood");
                assert_eq!(way.selected, read == chosen);
            }
        }
        assert_eq!(choice("cash"), None);
    }
}
