//! Why something cannot be done, in plain words: the refusals that a customer can meet, each as what is the matter and
//! what to do. The closed list itself is `billing::refusal`.

use billing::calendar::Zone;
use billing::catalogue::Product;
use billing::policy::When;
use billing::refusal::Refusal;

use super::words::{day, moment, per};
use crate::web::sentence;

/// Where the words of a reason come from: the product's names, the customer's zone, whom to write to.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The product that the refusal is about, where it is about one.
    pub product: Option<&'a Product>,
    /// The customer's zone.
    pub zone: &'a Zone,
    /// Whom customers write to.
    pub support_email: &'a str,
}

impl Names<'_> {
    /// A refusal in plain words.
    pub fn reason(&self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::NotPermitted { from, to } => format!(
                "You cannot move from {} to {} yourself. Write to {} and we look at it with you.",
                self.plan(from),
                self.plan(to),
                self.support_email
            ),
            Refusal::NoPrice { code, cycle, currency } => {
                format!("{} cannot be paid {} in {currency}. Choose another cycle.", self.plan(code), per(*cycle))
            }
            Refusal::PlanRetired(_) => "This plan is no longer sold.".to_owned(),
            Refusal::SamePlan => "This is what you have today. Choose another plan, cycle or option.".to_owned(),
            Refusal::TooMuch { option, max } => {
                format!("There can be at most {max} of {}. Choose less.", self.option(option))
            }
            Refusal::TooLittle { option, min } => {
                format!("{}: at least {min} are needed here. Choose more.", self.option(option))
            }
            Refusal::NotOnPlan { option, plan } => {
                format!("{} cannot have {}. Take it off first.", self.plan(plan), self.option(option))
            }
            Refusal::TwoOfGroup { one, other } => {
                format!("Only one of {} and {} can be had.", self.option(one), self.option(other))
            }
            Refusal::UnknownPlan(_) => "This plan does not exist any more. Choose one of the plans below.".to_owned(),
            Refusal::UnknownOption(_) => "This option does not exist for your service.".to_owned(),
            Refusal::ChangeOpen(_) => {
                "A change of this service is already on its way. Pay it or withdraw it first.".to_owned()
            }
            Refusal::PeriodOver(at) => format!(
                "The period you have paid for ended on {}. The next one is invoiced first; try again in a few minutes.",
                moment(*at, self.zone).text
            ),
            Refusal::NotStarted(at) => {
                format!("This service begins on {}. It can be changed from then on.", day(*at, self.zone).text)
            }
            Refusal::WhenNotOffered(When::Now) => {
                "This change is made at once; it cannot wait for the next period. Choose it again.".to_owned()
            }
            Refusal::WhenNotOffered(When::PeriodEnd) => {
                "This change is made with the next period, not before. Choose it again.".to_owned()
            }
            Refusal::NotEnoughCredits { left } => format!("Only {left} are left."),
            Refusal::InvoiceNotOpen(_) => "This invoice is not open any more: there is nothing to pay.".to_owned(),
            Refusal::PaymentRunning(_) => {
                "A payment of this invoice is on its way. Please wait for its outcome, and do not pay twice.".to_owned()
            }
            Refusal::ChangeNotOpen(_) => {
                "This change is already made, withdrawn or lapsed. There is nothing left to withdraw.".to_owned()
            }
            Refusal::ChangeBeingPaid(_) => {
                "A payment for this change is on its way, so it cannot be withdrawn now. Wait for its outcome."
                    .to_owned()
            }
            Refusal::KeyReused => {
                "This form was sent before with another content. Reload the page and try once more.".to_owned()
            }
            other => sentence(&other.to_string()),
        }
    }

    fn plan(&self, code: &str) -> String {
        let product = self.product;
        let plan = product.and_then(|product| product.plan(code)).map(|plan| plan.name.clone());
        plan.unwrap_or_else(|| self.option(code))
    }

    fn option(&self, code: &str) -> String {
        let option = self.product.and_then(|product| product.option(code));
        option.map_or_else(|| code.to_owned(), |option| option.name.clone())
    }
}
