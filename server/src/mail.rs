//! Mails in words: each mail the core wishes for, rendered as HTML, as text written for reading, and with a subject, in
//! the language of its storefront. The facts come with the wish; what is looked up at delivery (brand, document number)
//! comes in as [`Facts`]. What each says is in `letter`. Delivery is not here: the pump keeps the rendered mail in the mail
//! log.

mod letter;
pub mod samples;

use askama::Template;
use billing::calendar::Zone;
use billing::document::DocumentKind;
use billing::effect::{Mail, NextInvoice};
use billing::id::EffectId;
use billing::money::Money;
use billing::policy::OnFailure;
use billing::quote::Direction;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use letter::{Letter, Part, letter};

use crate::ui::amount::AmountView;
use crate::ui::dates::{DateView, day_text};
use crate::ui::language::{Language, Texts, args};

/// The most characters of a header's value.
const MAX_HEADER: usize = 200;
/// The most characters of a line of the text, where words are set apart by blanks.
const LINE: usize = 78;

/// What is looked up when a mail is delivered.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What the mail is written in.
    pub language: Language,
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

/// What a letter is made of: every value is text for people already. Dates and amounts keep their blanks that do not
/// break, which stand in HTML.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub language: Language,
    pub brand: String,
    pub support_email: String,
    pub bank_account: String,
    pub name: String,
    /// The service's label, or `your service`.
    pub service: String,
    pub direction: Option<Direction>,
    pub from_plan: String,
    pub to_plan: String,
    /// `from Small to Large`, or `within Small` where only its options or cycle change.
    pub route: String,
    pub amount: String,
    pub is_free: bool,
    /// Is the amount one that comes back on the chosen day?
    pub comes_back: bool,
    /// The day that was chosen, while the change waits for it.
    pub on: Option<String>,
    pub kind: Option<DocumentKind>,
    pub number: String,
    pub by: String,
    /// When a payment that failed is tried again.
    pub retry_at: Option<String>,
    /// When access is restricted, where nothing is paid.
    pub restricts_at: Option<String>,
    /// When it ends, where nothing is paid.
    pub ends_at: Option<String>,
    /// What of unpaid invoices is owed no more, where the subscription ended.
    pub released: Option<String>,
    /// What is still owed of it.
    pub owed: Option<String>,
    /// Did it end because it was not paid?
    pub is_unpaid: bool,
    pub on_failure: OnFailure,
    /// The day of the next invoice, where the amount waits for that or bought the days until then.
    pub next_invoice: Option<(String, NextInvoice)>,
    pub restart_seconds: Option<u32>,
    pub service_url: String,
    pub change_url: String,
    pub document_url: String,
    pub balance_url: String,
    pub billing_url: String,
}

/// Renders a mail.
///
/// # Errors
///
/// Where a template cannot be written out; none can be found by writing to memory.
pub fn render(effect: EffectId, mail: &Mail, facts: &Facts) -> Result<Rendered, askama::Error> {
    let context = Context::of(mail, facts);
    let Letter { subject, parts } = letter(mail.template, &context);
    Ok(Rendered {
        message_id: message_id(effect, &facts.base_url),
        to: header_value(&mail.to),
        subject: header_value(&subject),
        html: html(&context, &parts)?,
        plain: with_plain_blanks(&plain(&context, &parts)),
    })
}

#[derive(Template)]
#[template(path = "mail/letter.html", whitespace = "preserve")]
struct LetterHtml<'a> {
    c: &'a Context,
    greeting: String,
    parts: &'a [Part],
    /// What stands before the address of the support, and after it.
    questions: (&'a str, &'a str),
}

fn html(c: &Context, parts: &[Part]) -> Result<String, askama::Error> {
    let questions = c.questions();
    let questions = questions.split_once(&c.support_email).unwrap_or((&questions, ""));
    LetterHtml { c, greeting: c.greeting(), parts, questions }.render()
}

/// The letter as text: a paragraph for each part, wrapped where words are set apart by blanks.
fn plain(c: &Context, parts: &[Part]) -> String {
    let line = |words: &str, value: &str| c.language.fill("mail-line", &args!["words" => words, "value" => value]);
    let paragraphs = parts.iter().map(|part| match part {
        Part::Words(words) => wrapped(words),
        Part::Figure { words, amount } => line(words, amount),
        Part::Button { words, url } | Part::Link { words, url } => line(words, url),
    });
    let all: Vec<_> = [c.greeting()].into_iter().chain(paragraphs).chain([c.questions()]).collect();
    format!("{}\n{}\n", all.join("\n\n"), c.brand)
}

fn wrapped(words: &str) -> String {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let length = |text: &str| text.chars().count();
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if length(line) + 1 + length(word) <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

impl Context {
    fn of(mail: &Mail, facts: &Facts) -> Self {
        let language = facts.language;
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
                language.fill("mail-route-within", &args!["plan" => to_plan.as_str()])
            } else {
                language.fill("mail-route", &args!["from" => from_plan.as_str(), "to" => to_plan.as_str()])
            },
            language,
            brand: facts.brand.clone(),
            support_email: facts.support_email.clone(),
            bank_account: facts.bank_account.clone(),
            name: facts.name.clone(),
            service: mail.service.clone().unwrap_or_else(|| language.text("subject-your-service")),
            direction: mail.direction,
            from_plan: from_plan.to_string(),
            to_plan: to_plan.to_string(),
            amount: mail.amount.map(|amount| amount_text(language, magnitude(mail, amount))).unwrap_or_default(),
            comes_back: mail.on.is_some() && mail.amount.is_some_and(Money::is_negative),
            on: mail.on.map(|day| day_text(language, day)),
            is_free: mail.amount.is_none_or(Money::is_zero),
            kind,
            number,
            on_failure: mail.on_failure,
            next_invoice: mail.next_invoice.map(|next| (day_text(language, next.day()), next)),
            by: mail.by.map(|by| moment_text(language, by, &facts.zone)).unwrap_or_default(),
            restart_seconds: facts.restart_seconds,
            service_url: mail
                .service_id
                .map_or_else(|| page("/services".to_owned()), |id| page(format!("/services/{id}"))),
            change_url: mail.change.map_or_else(|| page("/services".to_owned()), |id| page(format!("/changes/{id}"))),
            document_url,
            balance_url: page("/balance".to_owned()),
            billing_url: page("/billing".to_owned()),
            retry_at: mail.retry_at.map(|at| moment_text(language, at, &facts.zone)),
            restricts_at: mail.restricts_at.map(|at| moment_text(language, at, &facts.zone)),
            ends_at: mail.ends_at.map(|at| moment_text(language, at, &facts.zone)),
            released: mail.released.map(|amount| amount_text(language, amount)),
            owed: mail.owed.map(|amount| amount_text(language, amount)),
            is_unpaid: mail.unpaid,
        }
    }

    fn greeting(&self) -> String {
        self.language.fill("mail-greeting", &args!["name" => self.name.as_str()])
    }

    fn questions(&self) -> String {
        self.language.fill("mail-questions", &args!["email" => self.support_email.as_str()])
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

/// The amount without its sign, where it is told by words which way it goes.
fn magnitude(mail: &Mail, amount: Money) -> Money {
    if mail.on.is_some() && amount.is_negative() { -amount } else { amount }
}

fn amount_text(language: Language, amount: Money) -> String {
    AmountView::new(language, amount.minor, amount.currency.code(), amount.currency.exponent()).text
}

fn moment_text(language: Language, at: Timestamp, zone: &Zone) -> String {
    let zone = TimeZone::get(zone.name()).unwrap_or(TimeZone::UTC);
    DateView::moment(language, at, &zone).text
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
    use billing::effect::MailTemplate;

    use super::samples::{Sample, effect, samples};
    use super::*;

    /// Every sample in every language.
    fn in_every_language() -> Vec<Sample> {
        let all = |sample: Sample| {
            Language::ALL.map(|language| Sample { facts: Facts { language, ..sample.facts.clone() }, ..sample.clone() })
        };
        samples().into_iter().flat_map(all).collect()
    }

    fn rendered(sample: &Sample) -> Rendered {
        render(effect(), &sample.mail, &sample.facts).expect("a mail that renders")
    }

    #[test]
    fn every_mail_renders_with_every_sample() {
        for template in MailTemplate::ALL {
            let of_this: Vec<_> =
                in_every_language().into_iter().filter(|sample| sample.mail.template == template).collect();
            assert!(!of_this.is_empty(), "{} has no sample", template.name());
            for sample in of_this {
                let mail = rendered(&sample);
                let language = sample.facts.language;
                let name = format!("{} in {}", sample.name, language.tag());
                for (part, text) in [("subject", &mail.subject), ("html", &mail.html), ("plain", &mail.plain)] {
                    assert!(!text.trim().is_empty(), "{name}: empty {part}");
                    assert!(!text.contains("{{") && !text.contains("{ $"), "{name}: {part} shows its template");
                    assert!(!text.contains("  ,") && !text.contains(" ."), "{name}: {part} has a hole:\n{text}");
                }
                assert!(mail.plain.contains("http"), "{name}: no way on");
                assert!(!mail.plain.contains('<'), "{name}: tags in the text:\n{}", mail.plain);
                assert!(mail.plain.lines().all(|line| !line.starts_with(' ')), "{name}: torn text:\n{}", mail.plain);
                assert!(!mail.plain.contains("\n\n\n"), "{name}: holes in the text:\n{}", mail.plain);
                assert!(mail.html.contains(&format!("lang=\"{}\"", language.tag())), "{name}: another language");
                if let (Some(amount), false) = (sample.mail.amount, template == MailTemplate::ServiceResized)
                    && sample.says_amount
                {
                    let amount = amount_text(language, magnitude(&sample.mail, amount));
                    assert!(mail.html.contains(&amount), "{name}: another amount");
                    assert!(mail.plain.contains(&with_plain_blanks(&amount)), "{name}: another amount");
                }
                if let (Some(direction), Language::English) = (sample.mail.direction, language) {
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
        for mut sample in in_every_language() {
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

    #[test]
    fn each_language_has_words_of_its_own_for_every_mail() {
        for sample in samples() {
            let said = Language::ALL.map(|language| {
                let facts = Facts { language, ..sample.facts.clone() };
                let mail = rendered(&Sample { facts, ..sample.clone() });
                (mail.subject, mail.plain)
            });
            for (one, other) in [(0, 1), (0, 2), (1, 2)] {
                assert_ne!(said[one].0, said[other].0, "{}", sample.name);
                assert_ne!(said[one].1, said[other].1, "{}", sample.name);
            }
        }
    }
}
