//! A sample of every mail, with the turns its words can take: what tests render, and what a template's writer looks at.

use billing::calendar::Zone;
use billing::document::DocumentKind;
use billing::effect::{Mail, MailTemplate, NextInvoice};
use billing::id::{ChangeId, DocumentId, EffectId, ServiceId};
use billing::money::{Currency, Money};
use billing::policy::OnFailure;
use billing::quote::Direction;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Facts;
use crate::ui::Language;

/// One mail with all it needs.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What it is a sample of.
    pub name: &'static str,
    /// The wish.
    pub mail: Mail,
    /// What is looked up.
    pub facts: Facts,
    /// Does the mail speak of its amount?
    pub says_amount: bool,
}

/// The effect of the samples.
pub fn effect() -> EffectId {
    EffectId::parse("eff_0192f7a0b1c27d3e8f00112233440005").expect("a fixed id")
}

/// Every sample.
pub fn samples() -> Vec<Sample> {
    use DocumentKind::{CreditNote, Invoice, Payout, Receipt};
    use MailTemplate as T;
    let up = |template| Some((template, Direction::Upgrade, "Small", "Large"));
    let down = Some((T::PlanChanged, Direction::Downgrade, "Large", "Small"));
    let planned = |template| Some((template, Direction::Downgrade, "Plus", "Basic"));
    let sideways = Some((T::PlanChanged, Direction::Change, "Standard", "Standard"));
    vec![
        sample("upgrade ordered", T::ChangeOrdered, up(T::ChangeOrdered), "13.33", Some((Invoice, "INV-2027-0042"))),
        Sample {
            says_amount: false,
            ..sample("downgrade planned", T::ChangeOrdered, planned(T::ChangeOrdered), "0", None)
        },
        Sample {
            says_amount: false,
            ..sample("planned one withdrawn", T::ChangeWithdrawn, planned(T::ChangeWithdrawn), "0", None)
        },
        owed(sample(
            "upgrade made, to be paid",
            T::PlanChanged,
            up(T::PlanChanged),
            "13.33",
            Some((Invoice, "INV-2027-0042")),
        )),
        failing(
            OnFailure::Lapse,
            sample("to lapse", T::ChangeOrdered, up(T::ChangeOrdered), "13.33", Some((Invoice, "INV-2027-0042"))),
        ),
        failing(
            OnFailure::Apply,
            sample("to be made", T::ChangeOrdered, up(T::ChangeOrdered), "13.33", Some((Invoice, "INV-2027-0042"))),
        ),
        failing(
            OnFailure::Apply,
            owed(sample("made unpaid", T::PlanChanged, up(T::PlanChanged), "13.33", Some((Invoice, "INV-2027-0042")))),
        ),
        failing(
            OnFailure::Lapse,
            sample("payment failed", T::ChangeLapsed, up(T::ChangeLapsed), "13.33", Some((CreditNote, "CN-2027-0008"))),
        ),
        sample("upgrade made", T::PlanChanged, up(T::PlanChanged), "13.33", Some((Invoice, "INV-2027-0042"))),
        sample("downgrade made", T::PlanChanged, down, "6.67", Some((CreditNote, "CN-2027-0007"))),
        with_the_next_invoice(
            sample("upgrade on the next invoice", T::PlanChanged, up(T::PlanChanged), "13.33", None),
            NextInvoice::More,
        ),
        with_the_next_invoice(
            sample("downgrade off the next invoice", T::PlanChanged, down, "6.67", None),
            NextInvoice::Less,
        ),
        Sample {
            says_amount: false,
            ..with_the_next_invoice(
                sample("upgrade to a plan in arrears", T::PlanChanged, up(T::PlanChanged), "0", None),
                NextInvoice::Arrears,
            )
        },
        Sample {
            says_amount: false,
            ..with_the_next_invoice(
                sample("upgrade for days", T::PlanChanged, up(T::PlanChanged), "0", Some((Invoice, "INV-2027-0042"))),
                |next| NextInvoice::Bought { days: 11, next },
            )
        },
        for_a_day(sample("upgrade on a chosen day", T::ChangeOrdered, up(T::ChangeOrdered), "13.33", None)),
        for_a_day(sample("downgrade on a chosen day", T::ChangeOrdered, planned(T::ChangeOrdered), "-6.67", None)),
        Sample { says_amount: false, ..sample("change for nothing", T::PlanChanged, sideways, "0", None) },
        Sample { says_amount: false, ..sample("resized", T::ServiceResized, None, "0", None) },
        sample("lapsed", T::ChangeLapsed, up(T::ChangeLapsed), "13.33", Some((CreditNote, "CN-2027-0008"))),
        sample("withdrawn", T::ChangeWithdrawn, up(T::ChangeWithdrawn), "13.33", Some((CreditNote, "CN-2027-0009"))),
        sample("card declined", T::PaymentFailed, None, "13.33", Some((Invoice, "INV-2027-0042"))),
        dunned(sample("card declined, tried again", T::PaymentFailed, None, "20.00", Some((Invoice, "INV-2027-0051")))),
        ending(sample("card declined, ends", T::PaymentFailed, None, "20.00", Some((Invoice, "INV-2027-0051")))),
        sample("access restricted", T::AccessRestricted, None, "20.00", None),
        Sample { says_amount: false, ..sample("access restored", T::AccessRestored, None, "0", None) },
        Sample { says_amount: false, ..sample("cancelled", T::CancellationScheduled, None, "0", None) },
        Sample { says_amount: false, ..sample("uncancelled", T::CancellationWithdrawn, None, "0", None) },
        sample("ended", T::SubscriptionEnded, None, "10.00", Some((CreditNote, "CN-2027-0010"))),
        ended_unpaid(sample("ended unpaid", T::SubscriptionEnded, None, "8.00", None)),
        sample("late money", T::MoneyToBalance, None, "13.33", Some((Receipt, "RCT-2027-0003"))),
        sample("payout requested", T::PayoutRequested, None, "360.00", Some((Payout, "PAY-2027-0001"))),
        sample("payout sent", T::PayoutSent, None, "360.00", Some((Payout, "PAY-2027-0001"))),
        sample("payout returned", T::PayoutReturned, None, "400.00", Some((Receipt, "RCT-2027-0004"))),
        sample("renewal", T::PeriodInvoiced, None, "20.00", Some((Invoice, "INV-2027-0051"))),
        sample("trial begun", T::TrialInvoiced, None, "1.00", Some((Invoice, "INV-2027-0053"))),
        sample("renewal paid", T::PaymentReceived, None, "20.00", Some((Invoice, "INV-2027-0051"))),
    ]
}

/// A change that was made before it was paid: the mail says until when to pay.
fn owed(mut sample: Sample) -> Sample {
    sample.mail.by = Some(by());
    sample
}

/// A change of which its policy says what becomes of it where its payment fails.
fn failing(on_failure: OnFailure, mut sample: Sample) -> Sample {
    sample.mail.on_failure = on_failure;
    sample
}

/// A renewal that is tried again, with a day on which access ends.
fn dunned(mut sample: Sample) -> Sample {
    sample.mail.retry_at = Some(by());
    sample.mail.restricts_at = "2027-04-30T14:00:00Z".parse().ok();
    sample
}

/// A renewal that is not tried again, with a day on which its subscription ends.
fn ending(mut sample: Sample) -> Sample {
    sample.mail.ends_at = Some(by());
    sample
}

/// A subscription that ended because it was not paid.
fn ended_unpaid(mut sample: Sample) -> Sample {
    sample.mail.owed = sample.mail.amount.take();
    sample.mail.released = sample.mail.owed;
    sample.mail.unpaid = true;
    sample
}

/// A change on a day that was chosen.
fn for_a_day(mut sample: Sample) -> Sample {
    sample.mail.on = Some(Date::constant(2027, 4, 23));
    sample
}

/// A change that is settled with the next invoice, or bought the days until then.
fn with_the_next_invoice(mut sample: Sample, how: fn(Date) -> NextInvoice) -> Sample {
    sample.mail.next_invoice = Some(how(Date::constant(2027, 5, 1)));
    sample
}

fn by() -> Timestamp {
    "2027-04-23T14:00:00Z".parse().expect("an instant")
}

type About = Option<(MailTemplate, Direction, &'static str, &'static str)>;

fn sample(
    name: &'static str,
    template: MailTemplate,
    change: About,
    amount: &str,
    document: Option<(DocumentKind, &str)>,
) -> Sample {
    let currency = Currency::parse("EUR").expect("a currency");
    let has_service = !matches!(template, MailTemplate::PaymentFailed | MailTemplate::MoneyToBalance);
    Sample {
        name,
        says_amount: true,
        mail: Mail {
            template,
            to: "jorgen@example.org".to_owned(),
            service: has_service.then(|| "web-1.example.org".to_owned()),
            service_id: has_service.then(|| id("srv_0192f7a0b1c27d3e8f00112233440001", ServiceId::parse)),
            change: change.map(|_| id("chg_0192f7a0b1c27d3e8f00112233440002", ChangeId::parse)),
            direction: change.map(|(_, direction, ..)| direction),
            from_plan: change.map(|(_, _, from, _)| from.into()),
            to_plan: change.map(|(.., to)| to.into()),
            amount: Some(Money::parse(amount, currency).expect("an amount")),
            document: document.map(|_| id("doc_0192f7a0b1c27d3e8f00112233440003", DocumentId::parse)),
            by: (template != MailTemplate::PlanChanged).then(by),
            on_failure: OnFailure::Wait,
            next_invoice: None,
            retry_at: None,
            restricts_at: None,
            ends_at: None,
            released: None,
            owed: None,
            unpaid: false,
            on: None,
        },
        facts: Facts {
            language: Language::English,
            base_url: "https://my.example.org".to_owned(),
            brand: "Fjordhost".to_owned(),
            support_email: "help@example.org".to_owned(),
            bank_account: "NO93 8601 1117 947".to_owned(),
            name: "Jørgen Håkonsen & Co".to_owned(),
            zone: Zone::parse("Europe/Oslo").expect("a zone"),
            document: document.map(|(kind, number)| (kind, number.to_owned())),
            restart_seconds: Some(40),
        },
    }
}

fn id<T, E: std::fmt::Debug>(text: &str, parse: impl Fn(&str) -> Result<T, E>) -> T {
    parse(text).expect("a fixed id")
}
