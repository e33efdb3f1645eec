//! What a change means to the customer: a quote of the core as the lines, figures and sentences of a page. The amounts
//! are the quote's own; the sentences of "Why this amount?" are told from the derivations that made them (N3).

use std::cmp::Ordering;

use billing::calendar::Zone;
use billing::document::Document;
use billing::explain::{Derivation, Language};
use billing::money::{Money, sum};
use billing::policy::{Gate, TimeUnit, When};
use billing::quote::{CreditLine, Direction as Way, Quote, QuoteSummary};

use super::amounts::{Taxes, less_discount, with_tax_words};
use super::gives::{other_differences, size_differences};
use super::timing::{Setting, when_made, when_restarted};
use super::views::Meaning;
use super::views::plan_change::{Direction, MoneyLine, Restart};
use super::words::{about, amount, day, days, paid, quantified};
use crate::ui::Sentence;
use crate::ui::dates::day_text;

/// Which way, in the words of the pages.
pub fn direction(way: Way) -> Direction {
    match way {
        Way::Upgrade => Direction::Upgrade,
        Way::Downgrade => Direction::Downgrade,
        Way::Change => Direction::Sideways,
    }
}

/// `Standard to Large`; where the plan stays, what else changes.
pub fn what(quote: &Quote) -> String {
    let plans = if quote.before.plan == quote.after.plan {
        quote.plan_after.clone()
    } else {
        format!("{} to {}", quote.plan_before, quote.plan_after)
    };
    if quote.before.cycle != quote.after.cycle {
        format!("{plans}, {}", paid(quote.after.cycle))
    } else if quote.before.plan == quote.after.plan {
        format!("{plans} {}", other_options(quote))
    } else {
        plans
    }
}

/// `with Operation`, `with Extra memory × 8 without Daily backups`.
fn other_options(quote: &Quote) -> String {
    let with = quote.charges.iter().map(|line| quantified(&line.text, line.quantity)).collect::<Vec<_>>();
    let goes_on = |line: &&CreditLine| quote.charges.iter().any(|charge| charge.item == Some(line.item));
    let mut without: Vec<_> =
        quote.credits.iter().filter(|line| !goes_on(line)).map(|line| line.text.clone()).collect();
    without.dedup();
    match (with.is_empty(), without.is_empty()) {
        (true, true) => "with other options".to_owned(),
        (false, true) => format!("with {}", with.join(", ")),
        (true, false) => format!("without {}", without.join(", ")),
        (false, false) => format!("with {} without {}", with.join(", "), without.join(", ")),
    }
}

/// What the button that confirms says: `Upgrade to Large and pay €13.33`, `Downgrade to Small on 1 May 2027`.
pub fn button(quote: &Quote, zone: &Zone) -> String {
    let noun = direction(quote.direction).noun();
    let cycle = if quote.before.cycle == quote.after.cycle { "" } else { &format!(", {}", paid(quote.after.cycle)) };
    let same_plan = quote.before.plan == quote.after.plan && quote.before.cycle == quote.after.cycle;
    let options = if same_plan { format!(" {}", other_options(quote)) } else { String::new() };
    let target = format!("{noun} to {}{options}{cycle}", quote.plan_after);
    if quote.when == When::PeriodEnd {
        format!("{target} on {}", day(quote.period.from, zone).text)
    } else if quote.due.is_positive() {
        format!("{target} and pay {}", amount(quote.due).text)
    } else if quote.to_balance.is_positive() {
        format!("{target}, {} to your balance", amount(quote.to_balance).text)
    } else if quote.from_balance.is_positive() {
        format!("{target}, {} from your balance", amount(quote.from_balance).text)
    } else {
        target
    }
}

/// Everything that a quote means; features and credits are those of the product's plans. Why
/// its amounts are what they are is told in the storefront's language.
pub fn meaning(quote: &Quote, setting: &Setting<'_>) -> Meaning {
    let (zone, language) = (setting.zone, setting.language());
    let taxes = Taxes::of_quote(quote);
    let mut differences = size_differences(&quote.size_before, &quote.size_after);
    let plan = |code: &str| setting.product().and_then(|product| product.plan(code));
    if let (Some(before), Some(after)) = (plan(&quote.before.plan), plan(&quote.after.plan)) {
        differences.extend(other_differences(before, after));
    }
    let those = |order: Ordering| {
        let which = differences.iter().filter(move |(way, _)| *way == order);
        which.map(|(_, words)| words.clone()).collect()
    };
    Meaning {
        direction: direction(quote.direction),
        what: what(quote),
        lines: lines(quote, zone, language),
        tax: taxes.added.iter().map(|(rate, tax)| plain_line(rate.clone(), *tax)).collect(),
        total: total_row(quote, &taxes),
        contained: taxes.sentences(|tax| tax),
        balance_used: quote.from_balance.is_positive().then(|| amount(-quote.from_balance)),
        due_today: amount(quote.due),
        due_words: due_words(quote, zone),
        to_balance: quote.to_balance.is_positive().then(|| amount(quote.to_balance)),
        made: when_made(quote, zone),
        credits: setting.credits(quote),
        next_invoice: next_invoice(quote, setting),
        restart: quote
            .restart
            .map(|restart| Restart { when: when_restarted(quote, zone), how_long: about(restart.seconds) }),
        gained: those(Ordering::Greater),
        lost: those(Ordering::Less),
        why: why(quote, language),
    }
}

/// A line of a sum without days.
pub fn plain_line(what: String, money: Money) -> MoneyLine {
    MoneyLine { what, days: String::new(), list: String::new(), amount: amount(money), why: Vec::new() }
}

/// The total with tax, where something stands between the lines and what is due or comes back.
pub fn total_row(quote: &Quote, taxes: &Taxes) -> Option<crate::ui::AmountView> {
    let stands_between = !taxes.added.is_empty() || !taxes.contained.is_empty() || quote.from_balance.is_positive();
    stands_between.then(|| amount(quote.total))
}

fn due_words(quote: &Quote, zone: &Zone) -> String {
    match (quote.when, quote.gate) {
        (When::PeriodEnd, _) => "Due now".to_owned(),
        (When::Now, Gate::None) if quote.due.is_positive() => format!("Due by {}", day(quote.pay_by, zone).text),
        (When::Now, _) => "Due today".to_owned(),
    }
}

/// The lines of a quote, credits first. With their tax they add up to what is due or comes back, before the balance is
/// used. A change with the next period has none: nothing is given back or charged for it.
pub fn lines(quote: &Quote, zone: &Zone, language: Language) -> Vec<MoneyLine> {
    if quote.when == When::PeriodEnd {
        return Vec::new();
    }
    let credits = quote.credits.iter().filter(|line| !line.collected.is_zero()).map(|line| MoneyLine {
        what: share_text(&quantified(&line.text, line.quantity), &line.derivation, true),
        days: days(line.span, zone),
        list: String::new(),
        amount: amount(-line.collected),
        why: Sentence::all(line.sentences(language), language),
    });
    let charges = quote.charges.iter().map(|line| MoneyLine {
        what: share_text(&quantified(&line.text, line.quantity), &line.derivation, false),
        days: days(line.span, zone),
        list: less_discount(line.gross, line.discount, line.amount),
        amount: amount(line.amount),
        why: Sentence::all(line.sentences(language), language),
    });
    credits.chain(charges).collect()
}

/// What was shown by an earlier quote of the same change, as far as its token tells it.
pub fn shown_before(summary: &QuoteSummary, way: Direction, what: &str, zone: &Zone) -> Meaning {
    let line = |text: String, days: String, money: Money| MoneyLine { days, ..plain_line(text, money) };
    let mut lines: Vec<_> =
        summary.lines.iter().map(|shown| line(shown.text.clone(), days(shown.span, zone), shown.amount)).collect();
    let unpaid = summary.net - sum(summary.net.currency, summary.lines.iter().map(|shown| shown.amount));
    if !unpaid.is_zero() {
        lines.push(line("Of this not yet paid".to_owned(), String::new(), unpaid));
    }
    let is_added = !summary.tax.is_zero() && summary.total != summary.net;
    let is_contained = !summary.tax.is_zero() && !is_added;
    Meaning {
        direction: way,
        what: what.to_owned(),
        lines,
        // The token tells the tax as one amount; its rates are those of the fresh version.
        tax: if is_added { vec![plain_line("Tax".to_owned(), summary.tax)] } else { Vec::new() },
        total: (!summary.tax.is_zero() || summary.from_balance.is_positive()).then(|| amount(summary.total)),
        contained: if is_contained { vec![format!("Contains {} tax.", amount(summary.tax).text)] } else { Vec::new() },
        balance_used: summary.from_balance.is_positive().then(|| amount(-summary.from_balance)),
        due_today: amount(summary.due),
        due_words: "Due".to_owned(),
        to_balance: summary.to_balance.is_positive().then(|| amount(summary.to_balance)),
        made: String::new(),
        credits: None,
        next_invoice: format!("Your next invoice would have been {}.", amount(summary.recurring_after).text),
        restart: None,
        gained: Vec::new(),
        lost: Vec::new(),
        why: Vec::new(),
    }
}

fn next_invoice(quote: &Quote, setting: &Setting<'_>) -> String {
    let recurring = with_tax_words(quote.recurring_after, setting.tax());
    let next = format!("Your next invoice is {recurring} on {}.", day_text(quote.next_invoice_on));
    let moved = if quote.anchor.cycle == quote.before.cycle || quote.when == When::PeriodEnd {
        String::new()
    } else {
        " A new period begins with the change, so the day of your invoices moves.".to_owned()
    };
    let released = if quote.debt_released.is_positive() {
        format!(" {} comes off your open invoice.", amount(quote.debt_released).text)
    } else {
        String::new()
    };
    format!("{next}{moved}{released}")
}

/// How the lines of a quote make its sum, a sentence each; first what is given back and stands in no line, since it was
/// not paid.
pub fn why(quote: &Quote, language: Language) -> Vec<Sentence> {
    if quote.when == When::PeriodEnd {
        return Vec::new();
    }
    let unpaid = quote.credits.iter().filter(|line| line.collected.is_zero() && !line.amount.is_zero());
    let mut sentences: Vec<Sentence> =
        unpaid.flat_map(|line| Sentence::all(line.sentences(language), language)).collect();
    let (charge, credit) = (amount(quote.charge).text, amount(quote.credit).text);
    let (net_text, balance) = (amount(magnitude(quote.net)).text, amount(quote.from_balance).text);
    if quote.net.is_negative() {
        sentences.push(format!("{credit} given back less {charge} charged leaves {net_text} for your balance.").into());
    } else if quote.credit.is_positive() {
        sentences.push(format!("{charge} charged less {credit} given back is {net_text}.").into());
    }
    for (rate, tax) in Taxes::of_quote(quote).added {
        let (total, back) = (magnitude(quote.total), amount(magnitude(tax)).text);
        let way = if tax.is_negative() { "comes back with it" } else { "is added" };
        sentences.push(format!("{rate} of {back} {way}: {} in all.", amount(total).text).into());
    }
    if quote.from_balance.is_positive() {
        sentences
            .push(format!("Your balance pays {balance} of it first, so {} is due.", amount(quote.due).text).into());
    }
    sentences
}

fn magnitude(money: Money) -> Money {
    if money.is_negative() { -money } else { money }
}

/// What happened, the tax, and how the lines make the total.
pub fn explained(document: &Document, corrects: Option<&str>, language: Language) -> Vec<Sentence> {
    let explained = document.explain(corrects, language);
    let mut sentences = vec![explained.headline];
    if !explained.lines.is_empty() {
        sentences.extend(explained.taxes.into_iter().map(|tax| tax.sentence));
        sentences.push(explained.total_sentence);
    }
    Sentence::all(sentences, language)
}

/// `Standard, 14 of 30 days unused`, `Large, 14 of 30 days`.
pub fn share_text(text: &str, derivation: &Derivation, gives_back: bool) -> String {
    let (part, whole) = (derivation.until - derivation.from, derivation.whole);
    let unused = if gives_back { " unused" } else { "" };
    match derivation.unit {
        TimeUnit::Day if part == whole => format!("{text}, {}{unused}", day_count(whole)),
        TimeUnit::Day => format!("{text}, {part} of {}{unused}", day_count(whole)),
        TimeUnit::Month => format!("{text}, {part} of {whole} months{unused}"),
        _ if part == whole && !gives_back => format!("{text}, the whole period"),
        _ if gives_back => format!("{text}, the unused part"),
        _ => format!("{text}, the rest of the period"),
    }
}

fn day_count(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}
