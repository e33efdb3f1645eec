//! The ways to pay: the cards of the sandbox gateway, and bank transfer. Their names in forms, and their words.

use billing::account::AttemptState;
use billing::command::PaymentChoice;
use billing::effect::TestCard;

use crate::ui::RadioCard;

/// The name of a bank transfer in forms.
const BANK_TRANSFER: &str = "bank_transfer";

/// The card of a name in a form.
pub(super) fn card(name: &str) -> Option<TestCard> {
    TestCard::ALL.into_iter().find(|card| card_name(*card) == name)
}

/// The way to pay of a name in a form.
pub(super) fn choice(name: &str) -> Option<PaymentChoice> {
    if name == BANK_TRANSFER { Some(PaymentChoice::BankTransfer) } else { card(name).map(PaymentChoice::Card) }
}

/// The cards to choose from.
pub(super) fn card_choices(chosen: Option<PaymentChoice>) -> Vec<RadioCard> {
    let chosen = match chosen {
        Some(PaymentChoice::Card(card)) => Some(card),
        Some(PaymentChoice::BankTransfer) => None,
        None => Some(TestCard::Pays),
    };
    let cards = TestCard::ALL.into_iter().map(|card| {
        let (label, note) = words(card);
        RadioCard::new("method", card_name(card), label, chosen == Some(card)).note(note)
    });
    cards.collect()
}

/// Every way to pay a change that is about to be ordered; `waits` says whether it waits for the payment.
pub(super) fn choices(chosen: PaymentChoice, waits: bool) -> Vec<RadioCard> {
    let mut all = card_choices(Some(chosen));
    let transfer = RadioCard::new("method", BANK_TRANSFER, "Bank transfer", chosen == PaymentChoice::BankTransfer);
    all.push(transfer.note(if waits {
        "The change is made when the money arrives, usually within one bank day."
    } else {
        "The change is made at once. The invoice says where to pay, and until when."
    }));
    all
}

/// Why the last try did not go through, as sentences.
pub(super) fn declined(state: &AttemptState) -> Option<String> {
    match state {
        AttemptState::Failed { reason } => Some(format!(
            "The last payment did not go through: {}. Nothing was charged and nothing was changed. Choose another way \
             to pay.",
            reason.trim_end_matches('.')
        )),
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

fn words(card: TestCard) -> (&'static str, &'static str) {
    match card {
        TestCard::Pays => ("Test card that pays", "The payment goes through at once."),
        TestCard::Declines => ("Test card that is declined", "Nothing is charged."),
        TestCard::TimesOutAfterCharging => (
            "Test card that answers late",
            "It is charged, but the answer is lost and has to be asked for. That takes a little longer.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_is_offered_can_be_chosen_and_one_is_chosen_already() {
        for chosen in [PaymentChoice::BankTransfer, PaymentChoice::Card(TestCard::Declines)] {
            let offered = choices(chosen, true);
            assert_eq!(offered.iter().filter(|way| way.selected).count(), 1);
            for way in offered {
                let read = choice(&way.value).expect("an offered way is understood");
                assert_eq!(way.selected, read == chosen);
            }
        }
        assert_eq!(choice("cash"), None);
    }
}
