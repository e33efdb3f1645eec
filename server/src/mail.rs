//! Mails in words: each mail the core wishes for, rendered as HTML, as text written for reading, and with a subject.
//! The facts come with the wish; what is looked up at delivery (brand, document number) comes in as [`Facts`]. The words
//! stand in `templates/mail`, the subjects in `subject`. Delivery is not here: the pump keeps the rendered mail in the
//! mail log.

pub mod samples;
mod subject;

use askama::Template;
use billing::calendar::Zone;
use billing::document::DocumentKind;
use billing::effect::{Mail, MailTemplate};
use billing::id::EffectId;
use billing::money::Money;
use billing::quote::Direction;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::ui::amount::AmountView;
use crate::ui::dates::DateView;

/// The most characters of a header's value.
const MAX_HEADER: usize = 200;

/// What is looked up when a mail is delivered.
#[derive(Debug, Clone)]
pub struct Facts {
    /// How people reach the portal, such as `https://billing.example.org`.
    pub base_url: String,
    /// The storefront's brand.
    pub brand: String,
    /// Whom customers write to.
    pub support_email: String,
    /// Where bank transfers go.
    pub bank_account: String,
    /// The customer's name.
    pub name: String,
    /// The zone of the customer's days.
    pub zone: Zone,
    /// The kind and number of the document the mail speaks of.
    pub document: Option<(DocumentKind, String)>,
    /// About how long the service is away for a change, in seconds.
    pub restart_seconds: Option<u32>,
}

/// A mail, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Derived from the effect: the same mail sent twice is known as one.
    pub message_id: String,
    /// To whom.
    pub to: String,
    /// The subject; one line.
    pub subject: String,
    /// For readers of HTML.
    pub html: String,
    /// For readers of text.
    pub plain: String,
}

/// What the templates read: every value is text for people already.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// Stands in HTML: dates and amounts keep their blanks that do not break.
    pub brand: String,
    pub support_email: String,
    pub bank_account: String,
    pub name: String,
    /// The service's label, or `your service`.
    pub service: String,
    /// `upgrade`, `downgrade` or `change`.
    pub direction: &'static str,
    pub from_plan: String,
    pub to_plan: String,
    /// `from Small to Large`, or `within Small` where only its options or cycle change.
    pub route: String,
    pub amount: String,
    pub is_free: bool,
    pub kind: Option<DocumentKind>,
    pub number: String,
    pub by: String,
    pub restart_seconds: Option<u32>,
    pub service_url: String,
    pub change_url: String,
    pub document_url: String,
    pub balance_url: String,
}

/// Renders a mail.
///
/// # Errors
///
/// Where a template cannot be written out; none can be found by writing to memory.
pub fn render(effect: EffectId, mail: &Mail, facts: &Facts) -> Result<Rendered, askama::Error> {
    let context = Context::of(mail, facts);
    let (html, plain) = bodies(mail.template, &context)?;
    Ok(Rendered {
        message_id: message_id(effect, &facts.base_url),
        to: header_value(&mail.to),
        subject: header_value(&subject::subject(mail.template, &context)),
        html,
        plain: with_plain_blanks(&plain),
    })
}

macro_rules! mails {
    ($($template:ident: $html:ident $html_path:tt, $text:ident $text_path:tt;)*) => {
        $(
            #[derive(Template)]
            #[template(path = $html_path, whitespace = "preserve")]
            struct $html<'a> {
                c: &'a Context,
            }
            #[derive(Template)]
            #[template(path = $text_path, whitespace = "preserve")]
            struct $text<'a> {
                c: &'a Context,
            }
        )*

        fn bodies(template: MailTemplate, c: &Context) -> Result<(String, String), askama::Error> {
            match template {
                $(MailTemplate::$template => Ok(($html { c }.render()?, $text { c }.render()?)),)*
            }
        }
    };
}

mails! {
    ChangeOrdered: ChangeOrderedHtml "mail/change_ordered.html", ChangeOrderedText "mail/change_ordered.txt";
    PlanChanged: PlanChangedHtml "mail/plan_changed.html", PlanChangedText "mail/plan_changed.txt";
    ServiceResized: ServiceResizedHtml "mail/service_resized.html", ServiceResizedText "mail/service_resized.txt";
    ChangeLapsed: ChangeLapsedHtml "mail/change_lapsed.html", ChangeLapsedText "mail/change_lapsed.txt";
    ChangeWithdrawn: ChangeWithdrawnHtml "mail/change_withdrawn.html", ChangeWithdrawnText "mail/change_withdrawn.txt";
    PaymentFailed: PaymentFailedHtml "mail/payment_failed.html", PaymentFailedText "mail/payment_failed.txt";
    MoneyToBalance: MoneyToBalanceHtml "mail/money_to_balance.html", MoneyToBalanceText "mail/money_to_balance.txt";
    PeriodInvoiced: PeriodInvoicedHtml "mail/period_invoiced.html", PeriodInvoicedText "mail/period_invoiced.txt";
    PaymentReceived: PaymentReceivedHtml "mail/payment_received.html", PaymentReceivedText "mail/payment_received.txt";
}

impl Context {
    fn of(mail: &Mail, facts: &Facts) -> Self {
        let page = |path: String| format!("{}{path}", facts.base_url.trim_end_matches('/'));
        let (kind, number) = facts.document.clone().unzip();
        let number = number.unwrap_or_default();
        let document_url = match kind {
            Some(DocumentKind::Invoice) => page(format!("/billing/{number}")),
            Some(_) => page(format!("/documents/{number}")),
            None => page("/documents".to_owned()),
        };
        let (from_plan, to_plan) =
            (mail.from_plan.clone().unwrap_or_default(), mail.to_plan.clone().unwrap_or_default());
        Self {
            route: if from_plan == to_plan {
                format!("within {to_plan}")
            } else {
                format!("from {from_plan} to {to_plan}")
            },
            brand: facts.brand.clone(),
            support_email: facts.support_email.clone(),
            bank_account: facts.bank_account.clone(),
            name: facts.name.clone(),
            service: mail.service.clone().unwrap_or_else(|| "your service".to_owned()),
            direction: mail.direction.map_or("change", Direction::word),
            from_plan,
            to_plan,
            amount: mail.amount.map(amount_text).unwrap_or_default(),
            is_free: mail.amount.is_none_or(Money::is_zero),
            kind,
            number,
            by: mail.by.map(|by| moment_text(by, &facts.zone)).unwrap_or_default(),
            restart_seconds: facts.restart_seconds,
            service_url: mail
                .service_id
                .map_or_else(|| page("/services".to_owned()), |id| page(format!("/services/{id}"))),
            change_url: mail.change.map_or_else(|| page("/services".to_owned()), |id| page(format!("/changes/{id}"))),
            document_url,
            balance_url: page("/balance".to_owned()),
        }
    }

    /// Did only options or the cycle change?
    fn stays_on_plan(&self) -> bool {
        self.from_plan == self.to_plan
    }

    /// Does the document ask for money?
    fn has_invoice(&self) -> bool {
        self.kind == Some(DocumentKind::Invoice)
    }

    /// Does the document give money back?
    fn has_credit_note(&self) -> bool {
        self.kind == Some(DocumentKind::CreditNote)
    }
}

fn amount_text(amount: Money) -> String {
    AmountView::new(amount.minor, amount.currency.code(), amount.currency.exponent()).text
}

fn moment_text(at: Timestamp, zone: &Zone) -> String {
    let zone = TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC);
    DateView::moment(at, &zone).text
}

/// A text as the value of a header: one line, no control characters, bounded. What a customer named a service can never
/// begin a header of its own.
fn header_value(text: &str) -> String {
    let clean: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    with_plain_blanks(clean.trim()).chars().take(MAX_HEADER).collect()
}

/// Programs that show plain text do not know blanks that do not break.
fn with_plain_blanks(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The identity of a mail at its receivers. Only letters a host name can have are taken over.
fn message_id(effect: EffectId, base_url: &str) -> String {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let host: String = host.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    format!("<{effect}@{}>", if host.is_empty() { "localhost" } else { &host })
}

#[cfg(test)]
mod tests {
    use super::samples::{Sample, effect, samples};
    use super::*;

    fn rendered(sample: &Sample) -> Rendered {
        render(effect(), &sample.mail, &sample.facts).expect("a mail that renders")
    }

    #[test]
    fn every_mail_renders_with_every_sample() {
        for template in MailTemplate::ALL {
            let of_this: Vec<_> = samples().into_iter().filter(|sample| sample.mail.template == template).collect();
            assert!(!of_this.is_empty(), "{} has no sample", template.name());
            for sample in of_this {
                let mail = rendered(&sample);
                let name = sample.name;
                for (part, text) in [("subject", &mail.subject), ("html", &mail.html), ("plain", &mail.plain)] {
                    assert!(!text.trim().is_empty(), "{name}: empty {part}");
                    assert!(!text.contains("{{") && !text.contains("{%"), "{name}: {part} shows its template");
                    assert!(!text.contains("  ,") && !text.contains(" ."), "{name}: {part} has a hole:\n{text}");
                }
                assert!(mail.plain.contains("http"), "{name}: no way on");
                assert!(!mail.plain.contains('<'), "{name}: tags in the text:\n{}", mail.plain);
                assert!(mail.plain.lines().all(|line| !line.starts_with(' ')), "{name}: torn text:\n{}", mail.plain);
                assert!(!mail.plain.contains("\n\n\n"), "{name}: holes in the text:\n{}", mail.plain);
                if let (Some(amount), false) = (sample.mail.amount, template == MailTemplate::ServiceResized)
                    && sample.says_amount
                {
                    assert!(mail.html.contains(&amount_text(amount)), "{name}: another amount");
                    assert!(mail.plain.contains(&with_plain_blanks(&amount_text(amount))), "{name}: another amount");
                }
                if let Some(direction) = sample.mail.direction {
                    assert!(mail.plain.contains(direction.word()), "{name}: no direction");
                    let others = [Direction::Upgrade, Direction::Downgrade].into_iter().filter(|d| *d != direction);
                    for other in others {
                        assert!(!mail.plain.to_lowercase().contains(other.word()), "{name}: says {}", other.word());
                    }
                }
                if let Some((_, number)) = &sample.facts.document {
                    assert!(mail.html.contains(number) && mail.plain.contains(number), "{name}: no document number");
                }
            }
        }
    }

    #[test]
    fn what_customers_wrote_is_text_in_html_and_never_a_header() {
        for mut sample in samples() {
            sample.mail.service = Some("<img src=x onerror=alert(1)>\r\nBcc: all@example.org".to_owned());
            sample.facts.name = "<b>Eve</b>".to_owned();
            sample.mail.to = "eve@example.org\r\nBcc: all@example.org".to_owned();
            let mail = rendered(&sample);
            assert!(!mail.html.contains("<img") && !mail.html.contains("<b>Eve"), "{}: {}", sample.name, mail.html);
            for value in [&mail.subject, &mail.to, &mail.message_id] {
                assert!(!value.chars().any(char::is_control), "{}: {value:?}", sample.name);
            }
        }
    }

    #[test]
    fn a_mail_is_known_by_its_effect() {
        assert_eq!(
            message_id(effect(), "https://billing.example.org:8443/x"),
            format!("<{}@billing.example.org>", effect())
        );
        assert_eq!(message_id(effect(), "http://\r\n>"), format!("<{}@localhost>", effect()));
    }

    #[test]
    fn a_deadline_is_told_in_full_in_the_customers_zone() {
        let sample = samples().into_iter().find(|sample| sample.name == "upgrade ordered").expect("the sample");
        let plain = rendered(&sample).plain;
        assert!(plain.contains("23 April 2027, 16:00 CEST"), "{plain}");
    }
}
