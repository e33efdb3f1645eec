//! What a change means to the customer: a quote of the core as the lines, figures and sentences of a page. The amounts
//! are the quote's own; the sentences of "Why this amount?" are told from the derivations that made them (N3).

use std::cmp::Ordering;

use billing::calendar::Span;
use billing::document::{Document, DocumentLine};
use billing::explain::{Basis, Derivation, Language};
use billing::money::{Money, sum};
use billing::one_time::OneTimeLine;
use billing::policy::{Gate, TimeUnit, When};
use billing::quote::{CreditLine, Direction as Way, Quote, QuoteSummary, Settlement};
use billing::tax::TaxRate;

use super::amounts::{Taxes, less_discount, with_tax_words};
use super::gives::Gives;
use super::timing::{Setting, when_made, when_restarted};
use super::views::Meaning;
use super::views::plan_change::{Direction, MoneyLine, Restart};
use super::words::{Words, about, joined, listed, number, paid, quantified};
use crate::ui::language::{Texts, args};

/// Which way, in the words of the pages.
pub fn direction(way: Way) -> Direction {
    match way {
        Way::Upgrade => Direction::Upgrade,
        Way::Downgrade => Direction::Downgrade,
        Way::Change => Direction::Sideways,
    }
}

/// `Standard to Large`; where the plan stays, what else changes.
pub fn what(language: Language, quote: &Quote) -> String {
    let plans = if quote.before.plan == quote.after.plan {
        quote.plan_after.to_string()
    } else {
        from_to(language, &quote.plan_before, &quote.plan_after)
    };
    if quote.before.cycle != quote.after.cycle {
        language.fill("what-with-cycle", &args!["plans" => plans, "cycle" => paid(language, quote.after.cycle)])
    } else if quote.before.plan == quote.after.plan {
        language.fill("what-with-options", &args!["plan" => plans, "options" => other_options(language, quote)])
    } else {
        plans
    }
}

/// `Upgrade to Large complete`; where the plan stays, what else changed.
pub fn completed(words: Words<'_>, quote: &Quote) -> String {
    let noun = direction(quote.direction).noun(words.language);
    if quote.before.plan == quote.after.plan {
        let what = what(words.language, quote);
        return words.fill("notice-complete-within", &args!["noun" => noun, "what" => what]);
    }
    words.fill("notice-complete", &args!["noun" => noun, "plan" => quote.plan_after.as_str()])
}

/// `Standard to Large`
pub fn from_to(language: Language, before: &str, after: &str) -> String {
    language.fill("what-from-to", &args!["before" => before, "after" => after])
}

/// `with Operation`, `with Extra memory × 8 without Daily backups`.
fn other_options(language: Language, quote: &Quote) -> String {
    let with = quote.charges.iter().map(|line| quantified(&line.text, line.quantity)).collect::<Vec<_>>();
    let goes_on = |line: &&CreditLine| quote.charges.iter().any(|charge| charge.item == Some(line.item));
    let mut without: Vec<_> =
        quote.credits.iter().filter(|line| !goes_on(line)).map(|line| line.text.to_string()).collect();
    without.dedup();
    let (added, dropped) = (listed(language, &with), listed(language, &without));
    match (with.is_empty(), without.is_empty()) {
        (true, true) => language.text("options-other"),
        (false, true) => language.fill("options-with", &args!["added" => added]),
        (true, false) => language.fill("options-without", &args!["dropped" => dropped]),
        (false, false) => language.fill("options-with-without", &args!["added" => added, "dropped" => dropped]),
    }
}

/// What the button that confirms says: `Upgrade to Large and pay €13.33`, `Downgrade to Small on 1 May 2027`.
pub fn button(words: Words<'_>, quote: &Quote) -> String {
    let language = words.language;
    let noun = direction(quote.direction).noun(language);
    let mut plan = quote.plan_after.to_string();
    if quote.before.cycle != quote.after.cycle {
        let cycle = paid(language, quote.after.cycle);
        plan = language.fill("what-with-cycle", &args!["plans" => plan, "cycle" => cycle]);
    } else if quote.before.plan == quote.after.plan {
        plan = language.fill("what-with-options", &args!["plan" => plan, "options" => other_options(language, quote)]);
    }
    let target = language.fill("button-target", &args!["noun" => noun, "plan" => plan]);
    let with = |money: Money| args!["target" => target.as_str(), "amount" => words.money(money)];
    if quote.is_planned() {
        let day = quote.on.map_or_else(|| words.day(quote.period.from).text, |chosen| words.date_text(chosen.date));
        words.fill("button-next-period", &args!["target" => target, "day" => day])
    } else if quote.due.is_positive() {
        words.fill("button-pay", &with(quote.due))
    } else if quote.to_balance.is_positive() {
        words.fill("button-to-balance", &with(quote.to_balance))
    } else if quote.from_balance.is_positive() {
        words.fill("button-from-balance", &with(quote.from_balance))
    } else {
        target
    }
}

/// Everything that a quote means; features and credits are those of the product's plans. Why
/// its amounts are what they are is told in the storefront's language.
pub fn meaning(quote: &Quote, setting: &Setting<'_>) -> Meaning {
    let words = setting.words;
    let taxes = Taxes::of_quote(words.language, quote);
    let gives = Gives { language: words.language, product: setting.product() };
    let mut differences = gives.size_differences(&quote.size_before, &quote.size_after);
    let plan = |code: &str| setting.product().and_then(|product| product.plan(code));
    if let (Some(before), Some(after)) = (plan(&quote.before.plan), plan(&quote.after.plan)) {
        differences.extend(gives.other_differences(before, after));
    }
    let those = |order: Ordering| {
        let which = differences.iter().filter(move |(way, _)| *way == order);
        which.map(|(_, text)| text.clone()).collect()
    };
    Meaning {
        direction: direction(quote.direction),
        what: what(words.language, quote),
        lines: lines(words, quote),
        tax: taxes.added.iter().map(|(rate, tax)| plain_line(words, rate.clone(), *tax)).collect(),
        total: total_row(words, quote, &taxes),
        contained: taxes.sentences(words.language, |tax| tax),
        balance_used: quote.from_balance.is_positive().then(|| words.amount(-quote.from_balance)),
        due_today: words.amount(quote.due),
        due_words: due_words(words, quote),
        to_balance: quote.to_balance.is_positive().then(|| words.amount(quote.to_balance)),
        later: later(words, quote),
        made: made(quote, setting),
        credits: setting.credits(quote),
        next_invoice: next_invoice(quote, setting),
        restart: quote.restart.map(|restart| Restart {
            when: when_restarted(words, quote),
            how_long: about(words.language, restart.seconds),
        }),
        gained: those(Ordering::Greater),
        lost: those(Ordering::Less),
        why: why(words, quote),
    }
}

/// When it is made; and what stays paid though there shall be fewer of it.
fn made(quote: &Quote, setting: &Setting<'_>) -> String {
    let words = setting.words;
    joined(words.language, std::iter::once(when_made(words, quote)).chain(setting.kept(quote)))
}

/// A line of a sum without days.
pub fn plain_line(words: Words<'_>, what: String, money: Money) -> MoneyLine {
    MoneyLine { what, days: String::new(), list: String::new(), amount: words.amount(money), why: Vec::new() }
}

/// Does something stand between the lines and what is due or comes back?
pub fn has_total(quote: &Quote, taxes: &Taxes) -> bool {
    !taxes.added.is_empty() || !taxes.contained.is_empty() || quote.from_balance.is_positive()
}

/// The total with tax, where something stands between the lines and what is due or comes back.
pub fn total_row(words: Words<'_>, quote: &Quote, taxes: &Taxes) -> Option<crate::ui::AmountView> {
    has_total(quote, taxes).then(|| words.amount(quote.total))
}

fn due_words(words: Words<'_>, quote: &Quote) -> String {
    if let Some(day) = quote.on.filter(|_| !quote.settlement.is_later()) {
        return words.fill("due-on-day", &args!["day" => words.date_text(day.date)]);
    }
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => words.text("due-now"),
        (When::Now, _) if quote.settlement == Settlement::NextInvoice => words.text("due-now"),
        (When::Now, Gate::None) if quote.due.is_positive() => {
            words.fill("due-by", &args!["day" => words.day(quote.pay_by).text])
        }
        (When::Now, _) => words.text("due-today"),
    }
}

/// What is settled with the next invoice, as a sentence; none where the change is settled by itself.
pub fn later(words: Words<'_>, quote: &Quote) -> Option<String> {
    if quote.settlement == Settlement::Now {
        return None;
    }
    let day = words.date_text(quote.next_invoice_on);
    if quote.settlement == Settlement::ChargeWaits {
        let args = &args!["amount" => words.money(quote.charged_later()), "day" => day];
        return quote.charged_later().is_positive().then(|| words.fill("meaning-later-arrears", args));
    }
    let args = &args!["amount" => words.money(magnitude(quote.total)), "day" => day];
    let is_less = quote.total.is_negative();
    Some(if is_less { words.fill("meaning-later-off", args) } else { words.fill("meaning-later", args) })
}

/// The lines of a quote: what waited for the next invoice and is settled with it, credits, charges. With their tax they
/// add up to what is due or comes back, before the balance is used. A change with the next period has none: nothing is given back or charged for it.
pub fn lines(words: Words<'_>, quote: &Quote) -> Vec<MoneyLine> {
    let language = words.language;
    if quote.when == When::PeriodEnd {
        return Vec::new();
    }
    let waiting = quote.waiting.iter().map(|line| MoneyLine {
        what: words.fill("line-waited", &args!["text" => quantified(&line.text, line.quantity)]),
        days: line.span.map(|span| words.days(span)).unwrap_or_default(),
        list: String::new(),
        amount: words.amount(line.amount),
        why: line.sentences(language),
    });
    let credits = quote.credits.iter().filter(|line| !line.returned().is_zero()).map(|line| MoneyLine {
        what: share_text(language, &quantified(&line.text, line.quantity), &line.derivation, true),
        days: words.days(line.span),
        list: String::new(),
        amount: words.amount(-line.returned()),
        why: line.sentences(language),
    });
    // What is billed with the next period alone has no time of its own yet.
    let charges = quote.charged_now().iter().filter(|line| !line.span.is_empty()).map(|line| MoneyLine {
        what: share_text(language, &quantified(&line.text, line.quantity), &line.derivation, false),
        days: words.days(line.span),
        list: less_discount(language, line.gross, line.discount, line.amount),
        amount: words.amount(line.amount),
        why: line.sentences(language),
    });
    let once = quote.once_charged_now().iter().map(|line| once_line(words, line));
    waiting.chain(credits).chain(charges).chain(once).collect()
}

/// What is charged once, for no time: a setup, or what a trial costs.
pub fn once_line(words: Words<'_>, line: &OneTimeLine) -> MoneyLine {
    MoneyLine {
        what: words.fill(
            if line.is_of_trial() { "line-trial" } else { "line-once" },
            &args!["text" => quantified(&line.text, line.quantity)],
        ),
        days: String::new(),
        list: String::new(),
        amount: words.amount(line.amount),
        why: line.sentences(words.language),
    }
}

/// What was shown by an earlier quote of the same change, as far as its token tells it.
pub fn shown_before(words: Words<'_>, summary: &QuoteSummary, way: Direction, what: &str) -> Meaning {
    let line = |text: String, days: String, money: Money| MoneyLine { days, ..plain_line(words, text, money) };
    // What is charged once is for no time.
    let days = |span: Span| if span.is_empty() { String::new() } else { words.days(span) };
    let mut lines: Vec<_> =
        summary.lines.iter().map(|shown| line(shown.text.to_string(), days(shown.span), shown.amount)).collect();
    let unpaid = summary.net - sum(summary.net.currency, summary.lines.iter().map(|shown| shown.amount));
    if !unpaid.is_zero() {
        lines.push(line(words.text("shown-unpaid"), String::new(), unpaid));
    }
    let is_added = !summary.tax.is_zero() && summary.total != summary.net;
    let is_contained = !summary.tax.is_zero() && !is_added;
    let contained = || words.fill("shown-tax-contained", &args!["amount" => words.money(summary.tax)]);
    let next = words.money(summary.next_period());
    Meaning {
        direction: way,
        what: what.to_owned(),
        lines,
        // The token tells the tax as one amount; its rates are those of the fresh version.
        tax: if is_added { vec![plain_line(words, words.text("shown-tax"), summary.tax)] } else { Vec::new() },
        total: (!summary.tax.is_zero() || summary.from_balance.is_positive()).then(|| words.amount(summary.total)),
        contained: if is_contained { vec![contained()] } else { Vec::new() },
        balance_used: summary.from_balance.is_positive().then(|| words.amount(-summary.from_balance)),
        due_today: words.amount(summary.due),
        due_words: words.text("shown-due"),
        to_balance: summary.to_balance.is_positive().then(|| words.amount(summary.to_balance)),
        later: None,
        made: String::new(),
        credits: None,
        next_invoice: {
            let next = words.fill("shown-next-invoice", &args!["amount" => next]);
            joined(words.language, std::iter::once(next).chain(beside_the_period(words, summary.waits)))
        },
        restart: None,
        gained: Vec::new(),
        lost: Vec::new(),
        why: Vec::new(),
    }
}

fn next_invoice(quote: &Quote, setting: &Setting<'_>) -> String {
    let words = setting.words;
    let day = words.date_text(quote.next_invoice_on);
    let ends_trial = quote.when == When::Now && quote.ends_trial();
    let mut sentences = match quote.trial_until.filter(|_| !ends_trial) {
        Some(_) => {
            // A trial lasts up to the day of the first invoice, and not that day.
            let last = quote.next_invoice_on.yesterday().expect("a date in range");
            let is_paid = setting.subscription.one_time.trial.is_some() || quote.trial_price().is_some();
            if quote.billed.is_arrears() {
                let args = &args!["until" => words.date_text(last)];
                return if is_paid {
                    words.fill("next-invoice-trial-paid-arrears", args)
                } else {
                    words.fill("next-invoice-trial-arrears", args)
                };
            }
            let recurring = with_tax_words(words.language, quote.next_period(), setting.tax());
            let args = &args!["until" => words.date_text(last), "amount" => recurring, "day" => day];
            vec![if is_paid {
                words.fill("next-invoice-trial-paid", args)
            } else {
                words.fill("next-invoice-trial", args)
            }]
        }
        None => vec![invoice_of_quote(words, setting.tax(), quote, &day)],
    };
    if let Some(extension) = &quote.extension {
        let days = number(words.language, extension.days);
        sentences.push(words.fill("next-invoice-bought", &args!["days" => days, "count" => extension.days]));
    } else if ends_trial {
        sentences.push(words.text("next-invoice-ends-trial"));
    } else if quote.anchor.cycle != quote.before.cycle && begins_a_period(quote, words) {
        sentences.push(words.text("next-invoice-moves"));
    }
    let once = sum(quote.total.currency, quote.once_later().iter().map(|line| line.amount));
    if once.is_positive() {
        let amount = with_tax_words(words.language, once, setting.tax());
        sentences.push(words.fill("next-invoice-once", &args!["amount" => amount]));
    }
    if !setting.subscription.usage.is_empty() && !setting.subscription.is_in_trial() {
        sentences.push(words.text("next-invoice-usage"));
    }
    if quote.debt_released.is_positive() {
        sentences.push(words.fill("next-invoice-less", &args!["amount" => words.money(quote.debt_released)]));
    }
    joined(words.language, sentences)
}

/// Does a full period begin with the change? In a trial that goes on, or where the payment date stays, none does.
pub fn begins_a_period(quote: &Quote, words: Words<'_>) -> bool {
    quote.when == When::Now && words.zone.instant(quote.anchor.start) == quote.period.from
}

/// What the next invoice comes to after a quote.
pub fn invoice_of_quote(words: Words<'_>, tax: Option<&TaxRate>, quote: &Quote, day: &str) -> String {
    if quote.billed.is_arrears() {
        return arrears_sentence(words, quote.waits.unwrap_or(Money::zero(quote.total.currency)), day);
    }
    invoice_sentence(words, tax, quote.next_period(), quote.waits, day)
}

/// What the next invoice comes to where it is for the time up to it: as much as waits by now, with its tax.
pub fn arrears_sentence(words: Words<'_>, waits: Money, day: &str) -> String {
    let args = &args!["amount" => words.money(magnitude(waits)), "day" => day];
    if waits.is_negative() {
        words.fill("next-invoice-arrears-nothing", args)
    } else {
        words.fill("next-invoice-arrears", args)
    }
}

/// What the next invoice comes to, and that the time before it is on it as well.
pub fn with_the_time_before(words: Words<'_>, period: String, waits: Money) -> String {
    let adds = words.fill("next-invoice-adds-time", &args!["amount" => words.money(waits)]);
    joined(words.language, [period, adds])
}

/// What the next invoice comes to: of its period, and of the changes that are left to it; these with their tax. Where tax is
/// added the two are said apart, since the period is priced without.
pub fn invoice_sentence(
    words: Words<'_>,
    tax: Option<&TaxRate>,
    period: Money,
    waits: Option<Money>,
    day: &str,
) -> String {
    let alone =
        || words.fill("next-invoice-is", &args!["amount" => with_tax_words(words.language, period, tax), "day" => day]);
    let Some(changes) = waits else { return alone() };
    if tax.is_some_and(|tax| !tax.included) {
        return joined(words.language, std::iter::once(alone()).chain(beside_the_period(words, waits)));
    }
    let total = period + changes;
    let args = &args![
        "amount" => words.money(magnitude(total)),
        "period" => words.money(period),
        "changes" => words.money(magnitude(changes)),
        "day" => day
    ];
    match (total.is_negative(), changes.is_negative()) {
        (true, _) => words.fill("next-invoice-nothing", args),
        (false, true) => words.fill("next-invoice-less-changes", args),
        (false, false) => words.fill("next-invoice-with-changes", args),
    }
}

/// A line that waits for the next invoice, as that will have it.
pub fn waiting_line(words: Words<'_>, line: &DocumentLine) -> MoneyLine {
    let text = quantified(&line.text, line.quantity);
    let share = |derivation| share_text(words.language, &text, derivation, line.segment.is_some());
    MoneyLine {
        what: line.derivation.as_ref().map_or_else(|| text.clone(), share),
        days: line.span.map(|span| words.days(span)).unwrap_or_default(),
        list: String::new(),
        amount: words.amount(line.amount),
        why: line.sentences(words.language),
    }
}

/// What the next invoice has of changes beside its period, as a sentence.
fn beside_the_period(words: Words<'_>, waits: Option<Money>) -> Option<String> {
    let waits = waits?;
    let args = &args!["amount" => words.money(magnitude(waits))];
    let is_less = waits.is_negative();
    Some(if is_less { words.fill("next-invoice-takes-off", args) } else { words.fill("next-invoice-adds", args) })
}

/// How the lines of a quote make its sum, a sentence each; first what is given back and stands in no line, since it was
/// not paid.
pub fn why(words: Words<'_>, quote: &Quote) -> Vec<String> {
    if quote.when == When::PeriodEnd {
        return Vec::new();
    }
    let unpaid = quote.credits.iter().filter(|line| line.returned().is_zero() && !line.amount.is_zero());
    let mut sentences: Vec<String> = unpaid.flat_map(|line| line.sentences(words.language)).collect();
    let charged = sum(quote.net.currency, quote.charged_now().iter().map(|line| line.amount));
    let own = charged - quote.credit;
    let net = &args![
        "charge" => words.money(charged),
        "credit" => words.money(quote.credit),
        "net" => words.money(magnitude(own))
    ];
    let is_plain = quote.waiting.is_empty() && quote.settlement == Settlement::Now;
    if quote.extension.is_some() {
        sentences.push(words.fill("why-bought", net));
    } else if charged.is_zero() && quote.settlement == Settlement::ChargeWaits {
        // One side alone explains itself.
    } else if own.is_negative() {
        sentences.push(if is_plain { words.fill("why-leaves", net) } else { words.fill("why-less", net) });
    } else if quote.credit.is_positive() {
        sentences.push(words.fill("why-charged", net));
    }
    if !quote.waiting.is_empty() {
        let waited = quote.net - own;
        let (amount, net) = (words.money(magnitude(waited)), words.money(quote.net));
        let args = &args!["amount" => amount, "net" => net];
        let is_less = waited.is_negative();
        sentences.push(if is_less { words.fill("why-waited-off", args) } else { words.fill("why-waited", args) });
    }
    for (rate, tax) in Taxes::of_quote(words.language, quote).added {
        let (tax_text, total) = (words.money(magnitude(tax)), words.money(magnitude(quote.total)));
        let taxed = &args!["rate" => rate, "tax" => tax_text, "total" => total];
        let text =
            if tax.is_negative() { words.fill("why-tax-back", taxed) } else { words.fill("why-tax-added", taxed) };
        sentences.push(text);
    }
    if quote.from_balance.is_positive() {
        let (balance, due) = (words.money(quote.from_balance), words.money(quote.due));
        sentences.push(words.fill("why-from-balance", &args!["balance" => balance, "due" => due]));
    }
    sentences
}

fn magnitude(money: Money) -> Money {
    if money.is_negative() { -money } else { money }
}

/// What happened, the tax, and how the lines make the total.
pub fn explained(document: &Document, corrects: Option<&str>, language: Language) -> Vec<String> {
    let explained = document.explain(corrects, language);
    let mut sentences = vec![explained.headline];
    if !explained.lines.is_empty() {
        sentences.extend(explained.taxes.into_iter().map(|tax| tax.sentence));
        sentences.push(explained.total_sentence);
    }
    sentences
}

/// `Standard, 14 of 30 days unused`, `Large, 14 of 30 days`.
pub fn share_text(language: Language, text: &str, derivation: &Derivation, gives_back: bool) -> String {
    let share = share(language, derivation, gives_back);
    language.fill("share-of-line", &args!["text" => text, "share" => share])
}

/// `14 of 30 days unused`, `14 of 30 days`, `the rest of the period`.
pub fn share(language: Language, derivation: &Derivation, gives_back: bool) -> String {
    let (part, (whole, twelfths)) = (derivation.counted(), derivation.counted_whole());
    let written = match twelfths {
        0 => number(language, whole),
        _ => format!("{} {twelfths}/12", number(language, whole)),
    };
    let counted = &args!["part" => number(language, part), "whole" => written, "count" => whole];
    match (derivation.unit, gives_back) {
        _ if derivation.basis == Basis::Trial => language.text("share-trial"),
        _ if derivation.basis == Basis::Once => language.text("share-once"),
        _ if derivation.basis == Basis::TrialPrice => language.text("share-trial-price"),
        // Days that are bought can be more than a cycle has.
        (TimeUnit::Day, false) if derivation.of_value.is_some() => {
            language.fill("share-bought-days", &args!["part" => number(language, part), "count" => part])
        }
        (TimeUnit::Day, false) if part == whole => language.fill("share-all-days", counted),
        (TimeUnit::Day, true) if part == whole => language.fill("share-all-days-unused", counted),
        (TimeUnit::Day, false) => language.fill("share-days", counted),
        (TimeUnit::Day, true) => language.fill("share-days-unused", counted),
        (TimeUnit::Month, false) => language.fill("share-months", counted),
        (TimeUnit::Month, true) => language.fill("share-months-unused", counted),
        (_, false) if part == whole => language.text("share-whole-period"),
        (_, false) => language.text("share-rest"),
        (_, true) => language.text("share-unused"),
    }
}
