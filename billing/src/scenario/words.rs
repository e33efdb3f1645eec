//! Reads the story language, line by line. Whatever a line says wrongly is told in words; the caller adds the number.

mod clause;
mod own_policy;
mod phrase;
mod setting;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use self::clause::clause;
use self::own_policy::OwnPolicy;
use self::phrase::Phrase;
use self::setting::{change_catalogue, empty_catalogue};
use super::story::{Deed, Step, Story, Target, Told, Which};
use super::world::{Outcome, Report};
use crate::calendar::Zone;
use crate::catalogue::{Basket, Catalogue};
use crate::command::{Asker, PaymentChoice};
use crate::money::{Currency, Money};
use crate::policy::When;

/// The story as far as it was read.
pub(super) struct Reader {
    title: String,
    zone: Zone,
    seller_zone: Option<Zone>,
    currency: Option<Currency>,
    obliging_module: bool,
    /// What is sold at the start, and what is sold as far as was read.
    first: Option<Catalogue>,
    catalogue: Catalogue,
    own: OwnPolicy,
    now: Option<Timestamp>,
    steps: Vec<Step>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            title: String::new(),
            zone: Zone::utc(),
            seller_zone: None,
            currency: None,
            obliging_module: true,
            first: None,
            catalogue: empty_catalogue(),
            own: OwnPolicy::default(),
            now: None,
            steps: Vec::new(),
        }
    }

    /// Reads one line.
    pub(super) fn read(&mut self, line: usize, text: &str) -> Result<(), String> {
        let (text, comment) = text.split_once('#').map_or((text, None), |(text, comment)| (text, Some(comment.trim())));
        if let (true, Some(comment)) = (self.title.is_empty(), comment) {
            comment.clone_into(&mut self.title);
        }
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let (verb, rest) = text.split_once(char::is_whitespace).ok_or_else(|| format!("{text:?} needs more words"))?;
        let rest = rest.trim();
        let told = match verb {
            "expect" => self.expectations(rest)?,
            _ if rest.starts_with(|c: char| c.is_ascii_digit()) && !["restart", "tax"].contains(&verb) => {
                self.dated(verb, rest)?
            }
            _ if self.first.is_some() => return Err(format!("{verb} needs a day here; settings stand at the top")),
            _ => return self.setting(verb, rest),
        };
        self.steps.push(Step { line, text: text.to_owned(), told });
        Ok(())
    }

    /// The story, once every line is read.
    pub(super) fn story(self) -> Result<Story, String> {
        if self.title.is_empty() {
            return Err("a story begins with a comment that says what it shows".to_owned());
        }
        if !self.steps.iter().any(|step| matches!(step.told, Told::Expects(_))) {
            return Err("a story that expects nothing shows nothing".to_owned());
        }
        let catalogue = self.first.ok_or("nothing happens in this story")?;
        Ok(Story {
            title: self.title,
            zone: self.zone,
            currency: catalogue.currency,
            catalogue,
            obliging_module: self.obliging_module,
            steps: self.steps,
        })
    }

    fn setting(&mut self, verb: &str, rest: &str) -> Result<(), String> {
        match verb {
            "zone" => self.zone = Zone::parse(rest).map_err(|error| error.to_string())?,
            "currency" => self.currency = Some(Currency::parse(rest).map_err(|error| error.to_string())?),
            "module" => {
                self.obliging_module = match rest {
                    "by hand" => false,
                    "at once" => true,
                    _ => return Err(format!("a module works by hand or at once, not {rest:?}")),
                }
            }
            "seller" => {
                let zone = rest.strip_prefix("zone").ok_or_else(|| format!("a seller has a zone, not {rest:?}"))?;
                self.seller_zone = Some(Zone::parse(zone.trim()).map_err(|error| error.to_string())?);
            }
            "terms" | "dunning" | "cancellation" | "rule" => {
                let product = &mut self.catalogue.products[0];
                self.own.read(verb, rest, &product.policy)?;
                OwnPolicy::NAME.clone_into(&mut product.policy);
            }
            _ => change_catalogue(&mut self.catalogue, verb, rest)?,
        }
        Ok(())
    }

    /// The catalogue and currency are settled with the first deed.
    fn begin(&mut self) -> Result<Currency, String> {
        if let Some(first) = &self.first {
            return Ok(first.currency);
        }
        let product = &mut self.catalogue.products[0];
        let prices = product.plans.iter().flat_map(|plan| &plan.prices);
        let sold =
            prices.map(|price| price.amount.currency).next().ok_or("a story needs a plan before its first deed")?;
        let currency = self.currency.unwrap_or(sold);
        self.catalogue.currency = currency;
        self.catalogue.zone = self.seller_zone.as_ref().unwrap_or(&self.zone).clone();
        self.catalogue.policies.extend(self.own.policy()?);
        self.catalogue = self.catalogue.clone().validated().map_err(|error| error.to_string())?;
        self.first = Some(self.catalogue.clone());
        Ok(currency)
    }

    fn expectations(&mut self, rest: &str) -> Result<Told, String> {
        let Some(first) = &self.first else { return Err("nothing has happened yet".to_owned()) };
        let clauses = rest.split(';').map(str::trim).filter(|words| !words.is_empty());
        let read = clauses.map(|words| Ok((words.to_owned(), clause(words, first.currency, &self.catalogue)?)));
        Ok(Told::Expects(read.collect::<Result<_, String>>()?))
    }

    fn dated(&mut self, verb: &str, rest: &str) -> Result<Told, String> {
        let currency = self.begin()?;
        let (when, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let moment = moment(when, if verb == "given" { Time::midnight() } else { NOON })?;
        let at = self.zone.instant(moment);
        if self.now.is_some_and(|now| at < now) {
            return Err(format!("{when} is before the line above"));
        }
        self.now = Some(at);
        if verb == "publish" {
            let (verb, rest) = rest.split_once(char::is_whitespace).ok_or("publish what?")?;
            self.catalogue.version += 1;
            change_catalogue(&mut self.catalogue, verb, rest)?;
            return Ok(Told::Does { at, deed: Deed::Publish(Box::new(self.catalogue.clone())) });
        }
        let mut phrase = Phrase::of(rest);
        let deed = deed(verb, &mut phrase, moment, currency)?;
        phrase.end()?;
        Ok(Told::Does { at, deed })
    }
}

/// A day without a time is its noon: no story stands on a boundary by chance.
const NOON: Time = Time::constant(12, 0, 0, 0);

fn moment(text: &str, time: Time) -> Result<DateTime, String> {
    if text.contains('T') {
        return text.parse().map_err(|_| format!("{text:?} is not a moment such as 2026-01-20T14:00"));
    }
    let day: Date = text.parse().map_err(|_| format!("{text:?} is not a day such as 2026-01-20"))?;
    Ok(day.to_datetime(time))
}

fn deed(verb: &str, phrase: &mut Phrase<'_>, moment: DateTime, currency: Currency) -> Result<Deed, String> {
    let deed = match verb {
        "given" => {
            let name = phrase.word("who?")?.to_owned();
            phrase.expect("on")?;
            let target = target(phrase)?;
            let plan = target.plan.ok_or("on which plan?")?;
            let cycle = target.cycle.ok_or("monthly or yearly?")?;
            let unpaid = phrase.take("unpaid");
            let pays_by = payment(phrase)?;
            Deed::Given {
                name,
                basket: Basket { plan, cycle, options: target.options },
                starts: moment,
                pays_by,
                unpaid,
            }
        }
        "quote" => {
            let name = phrase.word("for whom?")?.to_owned();
            phrase.expect("to")?;
            let to = target(phrase)?;
            let when = match () {
                () if phrase.take("now") => Some(When::Now),
                () if phrase.take("at") => period_end(phrase).map(|()| Some(When::PeriodEnd))?,
                () => None,
            };
            let on = if phrase.take("on") { Some(day(phrase)?) } else { None };
            let asker = if phrase.take("by") { staff(phrase)? } else { Asker::Customer };
            Deed::Quote { name, to, asker, when, on }
        }
        "submit" => Deed::Submit { earlier: phrase.take("earlier"), pays_by: payment(phrase)? },
        "paid" => {
            let amount = if phrase.is_number() { Some(amount(phrase, currency)?) } else { None };
            let invoice = match () {
                () if phrase.take("oldest") => Which::OldestOpen,
                () if phrase.take("balance") => Which::NoInvoice,
                () => Which::Newest,
            };
            Deed::Paid { amount, invoice }
        }
        "gateway" => Deed::Gateway(match phrase.word("what does the gateway say?")? {
            "captured" if phrase.is_number() => Outcome::Captured(Some(amount(phrase, currency)?)),
            "captured" => Outcome::Captured(None),
            "declined" => Outcome::Declined,
            "silent" => Outcome::Silent,
            other => return Err(format!("a gateway says captured, declined, or is silent; not {other:?}")),
        }),
        "pay" => match payment(phrase)? {
            PaymentChoice::Card(card) => Deed::Pay(card),
            PaymentChoice::BankTransfer => return Err("pay by which card?".to_owned()),
        },
        "uses" => Deed::Uses(phrase.number("how many?")?),
        "reports" => {
            let units = phrase.number("how many?")?;
            Deed::Reports(phrase.word("of which meter?")?.into(), units)
        }
        "withdraw" => Deed::Withdraw,
        "cancel" => {
            let when = if phrase.take("now") {
                When::Now
            } else {
                phrase.expect("at")?;
                period_end(phrase)?;
                When::PeriodEnd
            };
            Deed::Cancel(when, if phrase.take("by") { staff(phrase)? } else { Asker::Customer })
        }
        "uncancel" => Deed::Uncancel,
        "later" => Deed::Later,
        "grant" => Deed::Grant(amount(phrase, currency)?),
        "payout" => {
            let asked = amount(phrase, currency)?;
            let fee = if phrase.take("for") { Some(amount(phrase, currency)?) } else { None };
            Deed::PayOut(asked, fee)
        }
        "sent" => Deed::Sent,
        "returned" => Deed::Returned,
        "module" => Deed::Module(match phrase.word("what does the module say?")? {
            "working" => Report::Working,
            "done" => Report::Done,
            "failed" => Report::Failed,
            other => return Err(format!("a module says working, done or failed; not {other:?}")),
        }),
        "assign" => Deed::Assign { to: target(phrase)?, recalculated: phrase.take("recalculated") },
        "package" => {
            phrase.expect("changed")?;
            Deed::Package
        }
        "retry" => Deed::Retry,
        "again" => Deed::Again,
        _ => return Err(format!("{verb:?} is no deed of a story")),
    };
    Ok(deed)
}

/// What cannot be the code of a plan.
const KEYWORDS: [&str; 6] = ["with", "without", "monthly", "yearly", "every", "on"];

/// `m`, `m yearly`, `with memory 4`, `m monthly with memory 4 and disk 2`, `with ram16 1 without ram8`.
fn target(phrase: &mut Phrase<'_>) -> Result<Target, String> {
    let is_plan = phrase.peek().is_some_and(|word| !KEYWORDS.contains(&word));
    let plan = if is_plan { Some(phrase.word("which plan?")?.into()) } else { None };
    let cycle = phrase.cycle()?;
    let mut target = Target { plan, cycle, options: Default::default() };
    let mut more = phrase.take("with");
    while more {
        let code = phrase.word("which option?")?.to_owned();
        target.options.insert(code.into(), phrase.number("how much of it?")?);
        more = phrase.take("and");
    }
    more = phrase.take("without");
    while more {
        target.options.insert(phrase.word("which option?")?.into(), 0);
        more = phrase.take("and");
    }
    Ok(target)
}

/// `by transfer`, `by card pays`; by transfer where nothing is said.
fn payment(phrase: &mut Phrase<'_>) -> Result<PaymentChoice, String> {
    if !phrase.take("by") || phrase.take("transfer") {
        return Ok(PaymentChoice::BankTransfer);
    }
    phrase.expect("card")?;
    let name = phrase.word("which card?")?;
    let mut cards = crate::effect::TestCard::ALL.into_iter();
    let card = cards.find(|card| card.name() == name).ok_or_else(|| format!("there is no card {name:?}"))?;
    Ok(PaymentChoice::Card(card))
}

/// `at period end`, its first word taken.
fn period_end(phrase: &mut Phrase<'_>) -> Result<(), String> {
    phrase.expect("period")?;
    phrase.expect("end")
}

fn day(phrase: &mut Phrase<'_>) -> Result<Date, String> {
    let word = phrase.word("which day?")?;
    word.parse().map_err(|_| format!("{word:?} is not a day such as 2026-01-20"))
}

fn staff(phrase: &mut Phrase<'_>) -> Result<Asker, String> {
    phrase.expect("staff")?;
    Ok(Asker::Staff)
}

fn amount(phrase: &mut Phrase<'_>, currency: Currency) -> Result<Money, String> {
    Money::parse(phrase.word("how much?")?, currency).map_err(|error| error.to_string())
}
