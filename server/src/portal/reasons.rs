//! Why something cannot be done, in plain words: the refusals that a customer can meet, each as what is the matter and
//! what to do. The closed list itself is `billing::refusal`.

use billing::catalogue::Product;
use billing::policy::When;
use billing::refusal::Refusal;

use super::words::Words;
use crate::ui::language::{Language, args};
use crate::web::sentence;

/// Where the words of a reason come from: the page's language, the product's names, whom to write to.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The language of the page and the customer's zone.
    pub words: Words<'a>,
    /// The product that the refusal is about, where it is about one.
    pub product: Option<&'a Product>,
    /// Whom customers write to.
    pub support_email: &'a str,
}

impl Names<'_> {
    /// A refusal in plain words.
    pub fn reason(&self, refusal: &Refusal) -> String {
        let words = self.words;
        match refusal {
            Refusal::NotPermitted { from, to } => words.fill(
                "refused-not-permitted",
                &args!["from" => self.plan(from), "to" => self.plan(to), "email" => self.support_email],
            ),
            Refusal::NoPrice { code, cycle, currency } => {
                let (plan, per) = (self.plan(code), words.per(*cycle));
                words.fill("refused-no-price", &args!["plan" => plan, "per" => per, "currency" => currency.code()])
            }
            Refusal::PlanRetired(_) => words.text("refused-retired"),
            Refusal::SamePlan => words.text("refused-same-plan"),
            Refusal::TooMuch { option, max } => {
                words.fill("refused-too-much", &args!["option" => self.option(option), "max" => *max])
            }
            Refusal::TooLittle { option, min } => {
                words.fill("refused-too-little", &args!["option" => self.option(option), "min" => *min])
            }
            Refusal::NotOnPlan { option, plan } => {
                let (plan, option) = (self.plan(plan), self.option(option));
                words.fill("refused-not-on-plan", &args!["plan" => plan, "option" => option])
            }
            Refusal::TwoOfGroup { one, other } => {
                let (one, other) = (self.option(one), self.option(other));
                words.fill("refused-two-of-group", &args!["one" => one, "other" => other])
            }
            Refusal::UnknownPlan(_) => words.text("refused-unknown-plan"),
            Refusal::UnknownOption(_) => words.text("refused-unknown-option"),
            Refusal::ChangeOpen(_) => words.text("refused-change-open"),
            Refusal::PeriodOver(at) => words.fill("refused-period-over", &args!["at" => words.moment(*at).text]),
            Refusal::NotStarted(at) => words.fill("refused-not-started", &args!["day" => words.day(*at).text]),
            Refusal::WhenNotOffered(When::Now) => words.text("refused-only-now"),
            Refusal::WhenNotOffered(When::PeriodEnd) => words.text("refused-only-next-period"),
            Refusal::DateNotOffered => words.text("refused-date"),
            Refusal::DateOutside { first, last, .. } if first <= last => {
                let (first, last) = (words.date_text(*first), words.date_text(*last));
                words.fill("refused-date-outside", &args!["first" => first, "last" => last])
            }
            Refusal::DateOutside { .. } => words.text("refused-date-none-left"),
            Refusal::NotEnoughCredits { left } => words.fill("refused-credits", &args!["left" => *left]),
            Refusal::InvoiceNotOpen(_) => words.text("refused-invoice-not-open"),
            Refusal::AccessRestricted(_) => words.text("refused-access-restricted"),
            Refusal::SubscriptionEnded(_) => words.text("refused-ended"),
            Refusal::SubscriptionCancelled(_) => words.text("refused-cancelled"),
            Refusal::NotCancelled(_) => words.text("refused-not-cancelled"),
            Refusal::CancellationNotOffered(_) => words.text("refused-cancellation-not-offered"),
            Refusal::PaymentRunning(_) => words.text("refused-payment-running"),
            Refusal::ChangeNotOpen(_) => words.text("refused-change-not-open"),
            Refusal::ChangeBeingPaid(_) => words.text("refused-change-being-paid"),
            Refusal::PayoutNotOffered => words.text("refused-payout-not-offered"),
            Refusal::PayoutOpen(_) => words.text("refused-payout-open"),
            Refusal::OwedFirst(_) => words.text("refused-owed-first"),
            Refusal::PayoutTooMuch(most) => {
                words.fill("refused-payout-too-much", &args!["amount" => words.money(*most)])
            }
            Refusal::FeeTakesAll(fee) => words.fill("refused-fee-takes-all", &args!["amount" => words.money(*fee)]),
            Refusal::PayoutFeeChanged { .. } => words.text("payout-fee-changed"),
            Refusal::BadText { field: "to", max } => words.fill("refused-payout-to", &args!["max" => *max]),
            Refusal::KeyReused => words.text("refused-key-reused"),
            // What only a program or staff can meet says in English what it is.
            other if words.language == Language::English => sentence(&other.to_string()),
            _ => words.fill("refused-otherwise", &args!["email" => self.support_email]),
        }
    }

    fn plan(&self, code: &str) -> String {
        let plan = self.product.and_then(|product| product.plan(code));
        plan.map_or_else(|| self.option(code), |plan| plan.name.to_string())
    }

    fn option(&self, code: &str) -> String {
        let option = self.product.and_then(|product| product.option(code));
        option.map_or_else(|| code.to_owned(), |option| option.name.to_string())
    }
}
