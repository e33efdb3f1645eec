//! Every law has planted bugs that trip it: a right decision is spoiled in one place, and exactly the law that forbids it
//! must say so. A law that nothing can trip is not tested. The right decisions are in `scenes.rs`.

mod arrears;
mod cancellation;
mod one_time;
mod paid_trial;
mod payouts;
mod scenes;
mod usage;

use std::collections::BTreeSet;

use billing::account::{AttemptState, ChangeState, Component, Subscription};
use billing::calendar::{Cycle, Span, Zone};
use billing::carry::{Carry, GivenBack};
use billing::command::{Answer, PaymentChoice};
use billing::coverage::Segment;
use billing::document::{DocumentKind, InvoiceState, PaidBy};
use billing::dunning::Dunning;
use billing::effect::{TestCard, Wish};
use billing::explain::{Basis, Derivation};
use billing::fraction::Fraction;
use billing::id::{
    AccountId, AttemptId, ChangeId, CommandId, DocumentId, ItemId, PostingId, SegmentId, ServiceId, SubscriptionId,
};
use billing::laws::check;
use billing::ledger::{LedgerAccount, Posting};
use billing::money::{Currency, Money};
use billing::policy::{OnFailure, Side, TimeUnit};
use billing::quote::CreditsCount;
use billing::service::Access;
use scenes::{
    Scene, applied, assigned, at, begun_with_credits, beside_a_trial, billed_on_bill_day, came_back, carried,
    changed_after_assigned, day_begun, day_chosen, day_made, day_renewed, downgraded, dunning_begun, eur, extended,
    extended_far, extended_meanwhile, failed_and_lapsed, failed_and_made, failed_and_waits, fewer_units,
    fewer_units_renewed, led_past_bill_day, led_to_bill_day, made_in_the_end, meanwhile, more_in_tiers, opened,
    ordered, owed, package_waits, packaged, planned, planned_meanwhile, put_off, put_off_meanwhile, put_off_twice,
    recalculated, renewed, renewed_as_planned, renewed_in_tiers, replaced, resized, restored, restricted,
    restricted_meanwhile, retried, shared_credits, shared_day, started, taken_in, taken_in_below_nothing,
    taken_in_by_a_change, taxed, trial, trial_ended, trial_kept, trial_to_end, unanswered, used, withdrawn,
};
use uuid::Uuid;

type Spoil = fn(&mut Scene);

/// The card was asked for another amount all along.
fn took(scene: &mut Scene, minor: i64) {
    scene.0.as_mut().expect("an account").attempts[0].amount = eur(minor);
    scene.1.account.attempts[0].amount = eur(minor);
}

fn sek(minor: i64) -> Money {
    Money::new(minor, Currency::parse("SEK").expect("a currency"))
}

fn uuid(last: u128) -> Uuid {
    Uuid::from_u128(0xdead_0000_0000 + last)
}

fn sub(scene: &mut Scene) -> &mut Subscription {
    &mut scene.1.account.subscriptions[0]
}

fn old_sub(scene: &mut Scene) -> &mut Subscription {
    &mut scene.0.as_mut().expect("an account before").subscriptions[0]
}

fn dunning(scene: &mut Scene) -> &mut Dunning {
    scene.1.account.invoices[0].dunning.as_mut().expect("an invoice in dunning")
}

fn shift(at: &mut Option<jiff::Timestamp>, hours: i64) {
    *at = at.map(|at| at + jiff::SignedDuration::from_hours(hours));
}

fn newest(scene: &mut Scene) -> &mut Segment {
    sub(scene).coverage.last_mut().expect("coverage")
}

/// How the first line of the first document was found.
fn period_line(scene: &mut Scene) -> &mut Derivation {
    scene.1.documents[0].lines[0].derivation.as_mut().expect("a derivation")
}

/// Carries so many sevenths of a cent of the plan.
fn carry(subscription: &mut Subscription, sevenths: i128) {
    subscription.carry.set(&Component::Plan, Fraction::new(sevenths, 7));
}

/// Knows what was given back with another tax, or not at all; what rounding left over stays.
fn gave_back(subscription: &mut Subscription, tax: Option<i64>) {
    let carry = std::mem::take(&mut subscription.carry);
    carry.iter().for_each(|(component, off)| subscription.carry.set(component, *off));
    for known in carry.given_back() {
        let Some(tax) = tax else { continue };
        subscription.carry.give_back(GivenBack { tax: eur(tax), ..known.clone() });
    }
}

/// The last line that waits, twice.
fn wait_once_more(scene: &mut Scene) {
    let line = sub(scene).waiting.last().expect("a line that waits").clone();
    sub(scene).waiting.push(line);
}

fn in_tiers(scene: &mut Scene) -> &mut billing::account::Item {
    sub(scene).items.iter_mut().find(|item| item.tiers.is_some()).expect("an item in tiers")
}

/// What was laid last of the item in tiers says that each unit costs what one alone does.
fn list_one_by_one(scene: &mut Scene) {
    let item = in_tiers(scene).clone();
    let list = item.unit_price.times(i64::from(item.quantity));
    let segment = sub(scene).coverage.iter_mut().rfind(|segment| segment.item == item.id);
    segment.expect("coverage of it").list = list;
}

fn credits(scene: &mut Scene) -> &mut billing::account::PlanCredits {
    sub(scene).credits.as_mut().expect("plan credits")
}

/// So many are left of so many that were given, and a part of one.
fn entitle(scene: &mut Scene, left: i64, granted: i64, part: Fraction) {
    let credits = credits(scene);
    (credits.left, credits.granted, credits.part) = (left, granted, Some(part));
}

/// A change from a plan that gives so many, with so many of 30 days left, comes to so many.
fn count(scene: &mut Scene, before: i64, rest: i64, (granted, part): (i64, Fraction)) {
    let shared = CreditsCount::Shared { before, after: 40, rest, whole: 30, unit: TimeUnit::Day, spent: None };
    quote(scene).credits_count = Some(Box::new(shared));
    entitle(scene, granted - 4, granted, part);
}

/// So much of the old plan's credits is not taken back.
fn spend(scene: &mut Scene, spent: Fraction) {
    let shared =
        CreditsCount::Shared { before: 10, after: 40, rest: 20, whole: 30, unit: TimeUnit::Day, spent: Some(spent) };
    quote(scene).credits_count = Some(Box::new(shared));
    let all = Fraction::new(30, 1) + spent;
    entitle(scene, all.floor() - 4, all.floor(), all.fract());
}

/// A period begins with so many, after so much was used too much.
fn begin(scene: &mut Scene, granted: i64, over: Fraction) {
    quote(scene).credits_count = Some(Box::new(CreditsCount::Begun { after: 40, over }));
    entitle(scene, granted, granted, Fraction::ZERO);
}

fn quote(scene: &mut Scene) -> &mut billing::quote::Quote {
    &mut sub(scene).change.as_mut().expect("a change").quote
}

/// What was to become of the change is another thing than what became of it.
fn on_failure(scene: &mut Scene, on_failure: OnFailure) {
    quote(scene).on_failure = on_failure;
    old_sub(scene).change.as_mut().expect("a change that waits").quote.on_failure = on_failure;
}

/// The day that was chosen begins so many hours later.
fn move_day(scene: &mut Scene, hours: i64) {
    for subscription in [sub(scene).clone(), old_sub(scene).clone()] {
        let mut change = subscription.change.expect("a change");
        let day = change.quote.on.as_mut().expect("a chosen day");
        day.from = day.from.checked_add(jiff::SignedDuration::from_hours(hours)).expect("a moment");
        let begun = change.begins_at().is_none();
        if begun { sub(scene).change = Some(change) } else { old_sub(scene).change = Some(change) }
    }
}

/// The change that waited had an hour more.
fn later_to_lapse(scene: &mut Scene) {
    let hour = jiff::SignedDuration::from_hours(1);
    let lapses_at = scene.1.log.at.checked_add(hour).expect("a moment");
    old_sub(scene).change.as_mut().expect("a change that waits").state = ChangeState::AwaitsPayment { lapses_at };
}

/// The newest segment of the option.
fn memory(scene: &mut Scene) -> &mut Segment {
    sub(scene).coverage.iter_mut().rfind(|segment| segment.code == *"memory").expect("coverage of the option")
}

/// The change sells so many units of the option, and nobody pays for them.
fn sell_units(scene: &mut Scene, units: u32) {
    quote(scene).charges[0].quantity = units;
    quote(scene).after.options.insert("memory".into(), units);
    let item = sub(scene).items.iter_mut().find(|item| item.code == *"memory");
    item.expect("the option").quantity = units;
}

fn extension(scene: &mut Scene) -> &mut billing::extension::Extension {
    quote(scene).extension.as_mut().expect("days that are bought")
}

/// Books an amount more, so that the postings still agree with one another and with the balances.
fn book(scene: &mut Scene, debit: LedgerAccount, credit: LedgerAccount, minor: i64) {
    let (transaction, document) = (scene.1.log.command, scene.1.postings[0].document);
    for (n, account, minor) in [(1, debit, minor), (2, credit, -minor)] {
        let id = PostingId::from_uuid(uuid(n));
        scene.1.postings.push(Posting { id, transaction, account, amount: eur(minor), document });
        match account {
            LedgerAccount::Balance => scene.1.account.balance -= eur(minor),
            LedgerAccount::Reserved => scene.1.account.reserved -= eur(minor),
            _ => {}
        }
    }
}

/// What is done wrong, where, and the law that must say so.
type Bug = (&'static str, fn() -> Scene, Spoil, &'static str);

const BUGS: &[Bug] = &[
    // I04, I05: trials.
    ("a trial is longer than its period", trial, |s| sub(s).trial_until = Some(at("2026-05-01T00:00")), "I04"),
    (
        "a second subscription has a trial as well",
        beside_a_trial,
        |s| {
            let second = &mut s.1.account.subscriptions[1];
            second.trial_until = Some(second.period.until);
        },
        "I04",
    ),
    ("a trial begins with a change", trial_kept, |s| old_sub(s).trial_until = None, "I04"),
    ("a trial is over before its day, and nobody ended it", trial_kept, |s| sub(s).trial_until = None, "I04"),
    ("a trial goes on that a change has ended", trial_ended, |s| sub(s).trial_until = Some(sub(s).period.until), "I04"),
    ("the time of a trial is billed", trial, |s| newest(s).net = eur(1000), "I05"),
    ("the time of a trial is billed with a change in it", trial_kept, |s| newest(s).net = eur(1), "I05"),
    (
        "an invoice is for the time of a trial",
        trial_to_end,
        |s| s.1.documents[0].lines[0].span.as_mut().expect("a span").from = at("2026-04-02T00:00"),
        "I05",
    ),
    (
        "the time of a trial is given back",
        trial_ended,
        |s| {
            quote(s).credits[0].amount = eur(100);
            old_sub(s).change.as_mut().expect("a change").quote.credits[0].amount = eur(100);
        },
        "I05",
    ),
    // I05, I06: first periods that lead to a bill day.
    ("a first period is counted as a full one", led_to_bill_day, |s| period_line(s).from = 0, "I05"),
    (
        "a first period is a part of a year",
        led_to_bill_day,
        |s| {
            let line = period_line(s);
            (line.from, line.until, line.whole) = (351, 365, 365);
        },
        "I05",
    ),
    ("a first period is billed as any other", led_to_bill_day, |s| period_line(s).basis = Basis::Price, "I05"),
    ("a first period costs nothing at all", led_to_bill_day, |s| period_line(s).side = Side::None, "I05"),
    ("a first period is of a price that was not sold", led_to_bill_day, |s| period_line(s).line = eur(3000), "I05"),
    ("a full period is billed as a part", billed_on_bill_day, |s| period_line(s).basis = Basis::FirstPeriod, "I05"),
    (
        "a full period is cut to a part by itself",
        billed_on_bill_day,
        |s| {
            let until = sub(s).period.until;
            sub(s).anchor.start = "2026-06-01T00:00".parse().expect("a moment");
            (sub(s).period_no, sub(s).periods_before) = (-1, 2);
            old_sub(s).period.until = at("2026-05-16T00:00");
            sub(s).period = Span { from: at("2026-05-16T00:00"), until };
            old_sub(s).anchor = sub(s).anchor.clone();
        },
        "I05",
    ),
    (
        "a long first period costs its part alone",
        led_past_bill_day,
        |s| {
            let line = period_line(s);
            line.until = line.whole;
        },
        "I05",
    ),
    ("a long first period is counted as two full ones", led_past_bill_day, |s| period_line(s).from = 0, "I05"),
    (
        "a long first period costs twice the month after it",
        led_past_bill_day,
        |s| {
            let line = period_line(s);
            line.until += line.whole;
        },
        "I05",
    ),
    (
        "a long first period is of two months and more",
        led_past_bill_day,
        |s| sub(s).period.from = at("2026-03-31T00:00"),
        "I04",
    ),
    (
        "the month after a first period is charged, and not covered",
        led_past_bill_day,
        |s| newest(s).span.until = at("2026-05-01T00:00"),
        "I05",
    ),
    (
        "what a long first period is rounded off is forgotten",
        led_past_bill_day,
        |s| sub(s).carry = Carry::default(),
        "I06",
    ),
    ("what a first period is rounded off is forgotten", led_to_bill_day, |s| sub(s).carry = Carry::default(), "I06"),
    ("a first period carries what its line does not say", led_to_bill_day, |s| carry(sub(s), 1), "I06"),
    // I01: the books.
    ("a posting is lost", ordered, |s| s.1.postings.truncate(1), "I01"),
    ("a posting is zero", ordered, |s| book(s, LedgerAccount::Sales, LedgerAccount::Sales, 0), "I01"),
    ("a posting has no document", ordered, |s| s.1.postings[0].document = DocumentId::from_uuid(uuid(1)), "I01"),
    (
        "a posting is of another transaction",
        ordered,
        |s| s.1.postings[0].transaction = CommandId::from_uuid(uuid(1)),
        "I01",
    ),
    ("a posting is in another currency", ordered, |s| s.1.postings[0].amount = sek(1333), "I01"),
    ("coverage is in another currency", started, |s| newest(s).net = sek(1000), "I01"),
    ("a document is in another currency", started, |s| s.1.documents[0].lines[0].amount = sek(1000), "I01"),
    // I02, I11: the log, and what an account is.
    ("the entry has another hash", opened, |s| s.1.log.hash.push('0'), "I02"),
    ("the entry was edited", ordered, |s| s.1.log.body.push(' '), "I02"),
    ("the account forgets the hash", ordered, |s| s.1.account.log_hash.clear(), "I02"),
    ("the entry has another number", ordered, |s| s.1.log.version += 1, "I02"),
    ("the entry is of another account", ordered, |s| s.1.log.account = AccountId::from_uuid(uuid(1)), "I02"),
    ("the zone moves", ordered, |s| s.1.account.zone = Zone::parse("Asia/Tokyo").expect("a zone"), "I02"),
    ("the subscription is gone", meanwhile, |s| s.1.account.subscriptions.clear(), "I02"),
    ("the service is another", ordered, |s| sub(s).service.id = ServiceId::from_uuid(uuid(1)), "I02"),
    ("a version is skipped", ordered, |s| (s.1.account.version, s.1.log.version) = (99, 99), "I11"),
    (
        "the waiting change becomes another",
        meanwhile,
        |s| {
            sub(s).change.as_mut().expect("a change").id = ChangeId::from_uuid(uuid(1));
        },
        "I11",
    ),
    ("the waiting change is dropped", meanwhile, |s| sub(s).change = None, "I11"),
    ("the waiting quote is counted anew", meanwhile, |s| quote(s).due += eur(1), "I11"),
    // I34: bounds.
    (
        "an account has too many invoices",
        meanwhile,
        |s| {
            let invoice = s.1.account.invoices[0].clone();
            s.1.account.invoices.extend(vec![invoice; 200]);
        },
        "I34",
    ),
    // I03, I13: what an account carries.
    ("the balance grows by itself", meanwhile, |s| s.1.account.balance += eur(1), "I03"),
    ("the reserved money shrinks by itself", meanwhile, |s| s.1.account.reserved -= eur(1), "I03"),
    (
        "the balance is negative",
        meanwhile,
        |s| {
            s.0.as_mut().expect("an account").balance -= eur(5000);
            s.1.account.balance -= eur(5000);
        },
        "I03",
    ),
    (
        "an invoice is closed without a posting",
        meanwhile,
        |s| {
            s.1.account.invoices[0].state = InvoiceState::Paid { at: s.1.log.at, by: PaidBy::BankTransfer };
        },
        "I03",
    ),
    (
        "an invoice forgets what was set aside for it",
        meanwhile,
        |s| s.1.account.invoices[0].from_balance -= eur(1),
        "I13",
    ),
    // I07: money is used once.
    ("money is taken off an invoice without a note", meanwhile, |s| s.1.account.invoices[0].credited = eur(1), "I07"),
    ("more of the balance is set aside later", meanwhile, |s| s.1.account.invoices[0].from_balance += eur(1), "I07"),
    ("an invoice waits for nothing", ordered, |s| s.1.account.invoices[0].from_balance = eur(1333), "I07"),
    (
        "a cancelled invoice is still owed",
        withdrawn,
        |s| {
            s.1.documents[0].corrects = None;
            s.1.account.invoices[0].credited = eur(0);
        },
        "I07",
    ),
    (
        "an invoice is paid by nobody",
        applied,
        |s| {
            s.1.account.invoices[0].state = InvoiceState::Paid { at: s.1.log.at, by: PaidBy::Balance };
        },
        "I07",
    ),
    (
        "cash arrives and nobody has it",
        meanwhile,
        |s| {
            book(s, LedgerAccount::CashBank, LedgerAccount::Balance, 100);
        },
        "I07",
    ),
    ("goodwill without a receipt", applied, |s| book(s, LedgerAccount::Goodwill, LedgerAccount::Balance, 100), "I07"),
    (
        "an unpaid period counts as collected",
        renewed,
        |s| {
            let net = newest(s).net;
            s.1.account.balance = eur(500);
            newest(s).collected = net;
        },
        "I03",
    ),
    ("an unpaid first period counts as collected", started, |s| newest(s).collected = eur(1000), "I07"),
    ("a payment is forgotten", downgraded, |s| sub(s).coverage[0].collected -= eur(1), "I07"),
    // I08, I21, I23: attempts.
    (
        "two attempts run at once",
        meanwhile,
        |s| {
            let mut second = s.1.account.attempts[0].clone();
            second.id = AttemptId::from_uuid(uuid(1));
            s.1.account.attempts.push(second);
        },
        "I08",
    ),
    (
        "one invoice is captured twice",
        applied,
        |s| {
            let second = s.1.account.attempts[0].clone();
            s.1.account.attempts.push(second);
        },
        "I08",
    ),
    (
        "card money without a captured attempt",
        applied,
        |s| s.1.account.attempts[0].state = AttemptState::Unknown,
        "I08",
    ),
    ("a card pays with a cent that it did not take", applied, |s| took(s, 832), "I08"),
    ("a cent that a card took is booked nowhere", applied, |s| took(s, 834), "I08"),
    ("an attempt becomes another amount", meanwhile, |s| s.1.account.attempts[0].amount = eur(1), "I23"),
    ("an attempt becomes another card", meanwhile, |s| s.1.account.attempts[0].card = TestCard::Declines, "I23"),
    ("a running attempt is forgotten", meanwhile, |s| s.1.account.attempts.clear(), "I23"),
    ("an attempt takes more than is open", ordered, |s| s.1.account.attempts[0].amount = eur(1333), "I23"),
    (
        "what was known of an attempt is forgotten",
        unanswered,
        |s| {
            let failed = AttemptState::Failed { reason: "declined".to_owned() };
            s.0.as_mut().expect("an account").attempts[0].state = failed;
        },
        "I21",
    ),
    // I04, I09: periods.
    ("the period drifts", started, |s| sub(s).period.until = at("2026-05-02T00:00"), "I04"),
    ("a period leaves a gap to the one before", renewed, |s| old_sub(s).period.until = at("2026-04-30T00:00"), "I04"),
    (
        "two periods are billed at once",
        renewed,
        |s| {
            sub(s).period_no = 2;
            sub(s).period = sub(s).anchor.period(2, &Zone::utc());
        },
        "I09",
    ),
    // I06: what rounding leaves over.
    ("what rounding left over is forgotten", applied, |s| sub(s).carry = Carry::default(), "I06"),
    ("what is carried grows by itself", meanwhile, |s| carry(sub(s), 1), "I06"),
    ("an account is opened with something to carry", started, |s| carry(sub(s), 1), "I06"),
    (
        "what is carried outlives its period",
        renewed,
        |s| {
            carry(old_sub(s), 1);
            carry(sub(s), 1);
        },
        "I06",
    ),
    (
        "a change carries what its lines do not say",
        downgraded,
        |s| {
            carry(sub(s), 1);
            let line = &mut quote(s).charges[0];
            line.derivation.carry = Some(Fraction::new(1, 7));
        },
        "I06",
    ),
    ("a change forgets what the one before carried", downgraded, |s| carry(old_sub(s), -2), "I06"),
    // I31: the tax of what was given back.
    ("the tax of what was given back is forgotten", carried, |s| gave_back(sub(s), None), "I31"),
    ("what was given back is known with another tax", carried, |s| gave_back(sub(s), Some(1)), "I31"),
    (
        "a tax is known of what nobody gave back",
        carried,
        |s| {
            let known = sub(s).carry.given_back()[0].clone();
            sub(s).carry.give_back(GivenBack { amount: eur(1), ..known });
        },
        "I31",
    ),
    ("what comes back does not bear the tax it had", came_back, |s| gave_back(old_sub(s), Some(1)), "I31"),
    // I05: coverage.
    ("a day is covered by nothing", applied, |s| sub(s).coverage[1].span.from = at("2026-04-12T12:00"), "I05"),
    ("coverage ends before the period", started, |s| newest(s).span.until = at("2026-04-30T00:00"), "I05"),
    ("coverage reaches past the period", started, |s| newest(s).span.until = at("2026-05-02T00:00"), "I05"),
    ("the old plan is not cut", downgraded, |s| sub(s).coverage[0].span.until = at("2026-05-01T00:00"), "I05"),
    (
        "a shared day is shared twice",
        shared_day,
        |s| {
            let mut third = newest(s).clone();
            third.id = SegmentId::from_uuid(uuid(1));
            sub(s).coverage.push(third);
        },
        "I05",
    ),
    ("a shared day is not said to be shared", shared_day, |s| newest(s).shares_first_day = false, "I05"),
    ("two days are shared", shared_day, |s| sub(s).coverage[0].span.until = at("2026-04-13T00:00"), "I05"),
    (
        "money is billed for no time",
        shared_day,
        |s| {
            let mut empty = newest(s).clone();
            empty.id = SegmentId::from_uuid(uuid(1));
            empty.span.until = empty.span.from;
            sub(s).coverage.push(empty);
        },
        "I05",
    ),
    ("coverage is of nobody's item", started, |s| newest(s).item = ItemId::from_uuid(uuid(1)), "I05"),
    ("more was collected than billed", started, |s| newest(s).collected = eur(1001), "I05"),
    ("a segment is sold at another price afterwards", meanwhile, |s| sub(s).coverage[0].list = eur(1), "I05"),
    ("a segment is gone", downgraded, |s| drop(sub(s).coverage.remove(0)), "I05"),
    ("a period covers more than it bills", renewed, |s| newest(s).net += eur(1), "I05"),
    ("a period is billed and covers less", started, |s| newest(s).net -= eur(1), "I05"),
    // I10: the quote.
    ("the quote does not add up", downgraded, |s| quote(s).charge += eur(1), "I10"),
    (
        "the quote is of another subscription",
        downgraded,
        |s| {
            quote(s).subscription = SubscriptionId::from_uuid(uuid(1));
        },
        "I10",
    ),
    (
        "the document charges more than was quoted",
        downgraded,
        |s| {
            // One cent less is given back, and everything else agrees with it.
            let document = s.1.documents.iter_mut().find(|document| document.kind == DocumentKind::CreditNote);
            let document = document.expect("a credit note");
            document.total -= eur(1);
            document.lines[0].amount -= eur(1);
            book(s, LedgerAccount::Balance, LedgerAccount::Sales, 1);
        },
        "I10",
    ),
    (
        "less is set aside than was quoted",
        ordered,
        |s| {
            quote(s).from_balance -= eur(1);
            quote(s).due += eur(1);
        },
        "I10",
    ),
    (
        "another amount of coverage is laid than was quoted",
        downgraded,
        |s| {
            newest(s).net -= eur(1);
            newest(s).collected -= eur(1);
        },
        "I10",
    ),
    (
        "another amount is given back than was quoted",
        downgraded,
        |s| {
            sub(s).coverage[0].net -= eur(1);
            sub(s).coverage[0].collected -= eur(1);
        },
        "I10",
    ),
    // I12: documents.
    ("a document is not the sum of its lines", ordered, |s| s.1.documents[0].lines[0].amount += eur(1), "I12"),
    (
        "a document is negative",
        ordered,
        |s| {
            s.1.documents[0].total = eur(-1);
            s.1.documents[0].lines.truncate(1);
            s.1.documents[0].lines[0].amount = eur(-1);
        },
        "I12",
    ),
    ("a document is numbered too early", ordered, |s| s.1.documents[0].number = Some(1), "I12"),
    ("a document is dated back", ordered, |s| s.1.documents[0].issued_on = "2026-04-10".parse().expect("a day"), "I12"),
    ("a document is in the series of another kind", ordered, |s| s.1.documents[0].series = "CN-2026".to_owned(), "I12"),
    (
        "a document is issued twice",
        ordered,
        |s| {
            let again = s.1.documents[0].clone();
            s.1.documents.push(again);
        },
        "I12",
    ),
    ("an invoice corrects another", ordered, |s| s.1.documents[0].corrects = Some(s.1.documents[0].id), "I12"),
    ("an open invoice is gone", meanwhile, |s| s.1.account.invoices.clear(), "I12"),
    ("an open invoice is rewritten", meanwhile, |s| s.1.account.invoices[0].total += eur(1), "I12"),
    (
        "an open invoice gets more time",
        meanwhile,
        |s| {
            s.1.account.invoices[0].due_on = "2027-01-01".parse().expect("a day");
        },
        "I12",
    ),
    ("an invoice is issued and does not stand", started, |s| s.1.account.invoices.clear(), "I12"),
    ("an invoice stands and was not issued", started, |s| s.1.documents.clear(), "I12"),
    ("sales without a document", downgraded, |s| book(s, LedgerAccount::Balance, LedgerAccount::Sales, 1), "I12"),
    (
        "a charge is not what its derivation says",
        ordered,
        |s| {
            let lines = s.1.documents[0].lines.iter_mut();
            let line = lines.filter(|line| line.segment.is_none()).last().expect("a charge");
            line.derivation.as_mut().expect("a derivation").until -= 5;
        },
        "I12",
    ),
    ("a quoted charge is not explained", ordered, |s| quote(s).charges[0].derivation.until -= 5, "I12"),
    ("a quoted credit is not explained", ordered, |s| quote(s).credits[0].derivation.until -= 5, "I12"),
    (
        "a credit names another segment",
        ordered,
        |s| {
            s.1.documents[0].lines[0].segment = Some(SegmentId::from_uuid(uuid(1)));
        },
        "I12",
    ),
    // I25: whole or not at all.
    ("a change is made and the plan is the old one", downgraded, |s| sub(s).items[0].code = "l".into(), "I25"),
    ("a plan changes without a change", meanwhile, |s| sub(s).items[0].code = "m".into(), "I25"),
    (
        "a change is made before it is paid",
        meanwhile,
        |s| {
            let at = s.1.log.at;
            sub(s).change.as_mut().expect("a change").state = ChangeState::Applied { at };
        },
        "I25",
    ),
    (
        "a change is withdrawn and its invoice stays",
        meanwhile,
        |s| {
            let at = s.1.log.at;
            sub(s).change.as_mut().expect("a change").state = ChangeState::Withdrawn { at };
        },
        "I25",
    ),
    (
        "coverage is cut without a change",
        meanwhile,
        |s| {
            sub(s).coverage[0].net -= eur(1);
            sub(s).coverage[0].collected -= eur(1);
        },
        "I25",
    ),
    // Tax: I07, I10, I12.
    ("tax is charged and not booked", taxed, |s| s.1.postings.retain(|p| p.account != LedgerAccount::Tax), "I01"),
    (
        "tax is booked as a sale",
        taxed,
        |s| {
            for posting in s.1.postings.iter_mut().filter(|posting| posting.account == LedgerAccount::Tax) {
                posting.account = LedgerAccount::Sales;
            }
        },
        "I12",
    ),
    ("a quote forgets the tax", taxed, |s| quote(s).tax = eur(0), "I10"),
    ("a quote's total is without tax", taxed, |s| quote(s).total = quote(s).net, "I10"),
    ("more tax is charged than the line says", taxed, |s| quote(s).charges[0].tax += eur(1), "I10"),
    ("more tax is given back than was quoted", taxed, |s| quote(s).credits[0].tax += eur(1), "I10"),
    ("a document's line forgets its tax", taxed, |s| s.1.documents[0].lines[0].tax = eur(0), "I12"),
    ("tax stands on a line without a rate", taxed, |s| s.1.documents[0].lines[1].tax_rate = None, "I12"),
    (
        "the tax of coverage is another than was quoted",
        carried,
        |s| {
            newest(s).tax += eur(1);
            sub(s).coverage[0].tax -= eur(1);
        },
        "I10",
    ),
    ("a segment has a negative tax", carried, |s| newest(s).tax = eur(-1), "I07"),
    ("a segment has a tax and no rate", carried, |s| newest(s).tax_rate = None, "I07"),
    (
        "less tax is given back than was quoted",
        carried,
        |s| {
            let tax = sub(s).coverage[0].tax;
            sub(s).coverage[0].tax += eur(1);
            newest(s).tax -= eur(1);
            assert!(tax < sub(s).coverage[0].tax);
        },
        "I10",
    ),
    ("a segment's rate changes afterwards", used, |s| sub(s).coverage[0].tax_rate = None, "I07"),
    ("a segment's tax grows afterwards", used, |s| sub(s).coverage[0].tax += eur(1), "I05"),
    // Gross and discount: I05, I10.
    ("coverage is worth less than it was billed for", carried, |s| newest(s).gross = eur(1), "I05"),
    ("a segment is worth more afterwards", used, |s| sub(s).coverage[0].gross += eur(1), "I05"),
    ("a segment's discount is forgotten", used, |s| sub(s).coverage[0].discount = None, "I05"),
    ("a discount is quoted and not given", carried, |s| newest(s).discount = None, "I10"),
    ("another list price is laid than was quoted", carried, |s| newest(s).list += eur(1), "I10"),
    ("more is worth at the list price than was quoted", carried, |s| newest(s).gross += eur(1), "I10"),
    ("a discount vanishes from an item", used, |s| sub(s).items[0].discount = None, "I25"),
    ("an item becomes dearer", used, |s| sub(s).items[0].unit_price += eur(1), "I25"),
    (
        "a change sells at another price than was quoted",
        carried,
        |s| {
            let mut items = sub(s).items.iter_mut();
            items.find(|item| item.code == "m").expect("the plan").unit_price += eur(1);
        },
        "I25",
    ),
    // Tiers of quantity: what was sold or quoted in tiers is billed in them.
    ("a renewal bills units one by one that were sold in tiers", renewed_in_tiers, |s| list_one_by_one(s), "I05"),
    ("a renewal forgets the tiers of an item", renewed_in_tiers, |s| in_tiers(s).tiers = None, "I05"),
    ("a change sells in no tiers, and was quoted in some", more_in_tiers, |s| in_tiers(s).tiers = None, "I25"),
    ("a change lays units one by one that were quoted in tiers", more_in_tiers, |s| list_one_by_one(s), "I10"),
    // I15: plan credits.
    ("more credits are left than were given", used, |s| credits(s).left = 11, "I15"),
    ("credits are less than none", used, |s| credits(s).left = -1, "I15"),
    ("used credits are not taken off", used, |s| credits(s).left += 1, "I15"),
    ("credits are granted by using them", used, |s| credits(s).granted += 1, "I15"),
    ("credits are used by nobody", planned_meanwhile, |s| credits(s).left -= 1, "I15"),
    ("credits vanish", planned_meanwhile, |s| sub(s).credits = None, "I15"),
    ("used credits come back with a change", carried, |s| credits(s).left += 1, "I15"),
    (
        "a change grants more than its plan gives",
        carried,
        |s| {
            credits(s).left += 1;
            credits(s).granted += 1;
        },
        "I15",
    ),
    ("unused credits go over into a new period", renewed_as_planned, |s| credits(s).granted += 6, "I15"),
    (
        "a change gives all that its plan gives in a period",
        shared_credits,
        |s| entitle(s, 36, 40, Fraction::ZERO),
        "I15",
    ),
    ("a change shares no credits", shared_credits, |s| entitle(s, 6, 10, Fraction::ZERO), "I15"),
    ("a part of a credit is found", shared_credits, |s| entitle(s, 26, 30, Fraction::new(1, 3)), "I15"),
    ("what was used is given again", shared_credits, |s| entitle(s, 30, 30, Fraction::ZERO), "I15"),
    ("a part of a credit can be used", shared_credits, |s| entitle(s, 27, 31, Fraction::new(-1, 1)), "I15"),
    ("a whole credit cannot be used", shared_credits, |s| entitle(s, 25, 29, Fraction::new(1, 1)), "I15"),
    ("credits are counted for more than the period", shared_credits, |s| count(s, 10, 40, (50, Fraction::ZERO)), "I15"),
    (
        "credits are counted from a plan that was not had",
        shared_credits,
        |s| count(s, 20, 20, (23, Fraction::new(1, 3))),
        "I15",
    ),
    ("what was not used is not taken back", shared_credits, |s| spend(s, Fraction::new(20, 3)), "I15"),
    ("more is spent than was given", shared_credits, |s| spend(s, Fraction::new(8, 1)), "I15"),
    (
        "a period begins with more than its plan gives",
        begun_with_credits,
        |s| begin(s, 41, Fraction::new(-1, 1)),
        "I15",
    ),
    ("more is owed than was used", begun_with_credits, |s| begin(s, 35, Fraction::new(5, 1)), "I15"),
    (
        "what was used before a period counts in it",
        begun_with_credits,
        |s| {
            let part = credits(s).part.expect("a part");
            entitle(s, 35, 39, part);
        },
        "I15",
    ),
    (
        "credits that go on are counted as if a period had begun",
        shared_credits,
        |s| {
            quote(s).credits_count = Some(Box::new(CreditsCount::Begun { after: 40, over: Fraction::ZERO }));
            entitle(s, 40, 40, Fraction::ZERO);
        },
        "I15",
    ),
    ("credits move before the change is made", taxed, |s| credits(s).left += 40, "I15"),
    // Later changes, and changes that take the place of others: I10, I11, I25.
    (
        "a planned change is made at once",
        planned,
        |s| {
            let at = s.1.log.at;
            sub(s).change.as_mut().expect("a change").state = ChangeState::Applied { at };
        },
        "I25",
    ),
    (
        "a planned change is forgotten at its renewal",
        renewed_as_planned,
        |s| {
            let at = s.1.log.at;
            sub(s).change.as_mut().expect("a change").state = ChangeState::Scheduled { at };
        },
        "I25",
    ),
    ("a planned change is dropped", planned_meanwhile, |s| sub(s).change = None, "I11"),
    ("a planned change becomes another", planned_meanwhile, |s| quote(s).recurring_after += eur(1), "I11"),
    (
        "a planned change costs something now",
        planned,
        |s| {
            let quote = quote(s);
            quote.charges[0].amount = eur(100);
            quote.charge = eur(100);
            quote.net = eur(100);
            quote.total = eur(100) + quote.tax;
            quote.due = quote.total;
        },
        "I10",
    ),
    ("a planned change begins another day", planned, |s| quote(s).period.from = at("2026-04-20T00:00"), "I25"),
    (
        "a change that gave way is not closed",
        replaced,
        |s| {
            let at = s.1.log.at;
            sub(s).replaced.as_mut().expect("the one before").state = ChangeState::Scheduled { at };
        },
        "I11",
    ),
    ("a change gives way and is not remembered", replaced, |s| sub(s).replaced = None, "I11"),
    (
        "a change gives way to one that was not asked for",
        replaced,
        |s| {
            sub(s).replaced.as_mut().expect("the one before").id = ChangeId::from_uuid(uuid(1));
        },
        "I11",
    ),
    // A change on a chosen day: I10, I25.
    ("a change is invoiced before its chosen day", day_begun, |s| move_day(s, 1), "I25"),
    ("a change is made before its chosen day", day_made, |s| move_day(s, 24), "I25"),
    (
        "a change on a chosen day is counted from the day of its submission",
        day_chosen,
        |s| {
            let quote = quote(s);
            let at = quote.at;
            quote.credits.iter_mut().for_each(|line| line.span.from = at);
            quote.charges.iter_mut().for_each(|line| line.span.from = at);
        },
        "I10",
    ),
    (
        "a change on a chosen day is planned for another moment",
        day_chosen,
        |s| {
            let at = at("2026-04-19T00:00");
            sub(s).change.as_mut().expect("a change").state = ChangeState::Scheduled { at };
        },
        "I25",
    ),
    ("a change on a chosen day did not wait for it", day_begun, |s| old_sub(s).change = None, "I25"),
    (
        "a period ends before a change on a day of it was begun",
        day_renewed,
        |s| {
            let change = day_chosen().1.account.subscriptions[0].change.clone();
            let coverage = old_sub(s).coverage.clone();
            old_sub(s).change.clone_from(&change);
            sub(s).change = change;
            sub(s).coverage.splice(0..0, coverage);
        },
        "I25",
    ),
    (
        "a change on a chosen day leaves the balance alone that could pay",
        day_begun,
        |s| s.0.as_mut().expect("an account").balance += eur(100),
        "I03",
    ),
    // I25: how the waiting for a payment ends.
    (
        "a payment fails, and the change that was to lapse waits on",
        failed_and_waits,
        |s| on_failure(s, OnFailure::Lapse),
        "I25",
    ),
    (
        "a payment fails, and the change that was to be made waits on",
        failed_and_waits,
        |s| on_failure(s, OnFailure::Apply),
        "I25",
    ),
    (
        "a payment fails, and the change that was to wait lapses",
        failed_and_lapsed,
        |s| on_failure(s, OnFailure::Wait),
        "I25",
    ),
    (
        "a payment fails, and the change that was to be made lapses",
        failed_and_lapsed,
        |s| on_failure(s, OnFailure::Apply),
        "I25",
    ),
    (
        "a payment fails, and the change that was to lapse is made unpaid",
        failed_and_made,
        |s| on_failure(s, OnFailure::Lapse),
        "I25",
    ),
    (
        "a change is made unpaid that was to lapse in the end",
        made_in_the_end,
        |s| on_failure(s, OnFailure::Wait),
        "I25",
    ),
    ("a change is made unpaid before its time", made_in_the_end, later_to_lapse, "I25"),
    (
        "a change is made although no payment of it failed",
        failed_and_made,
        |s| s.1.account.attempts[0].state = AttemptState::Unknown,
        "I25",
    ),
    (
        "a change lapses although no payment of it failed",
        failed_and_lapsed,
        |s| s.1.account.attempts[0].state = AttemptState::Unknown,
        "I25",
    ),
    (
        "what a change made unpaid covers counts as collected",
        failed_and_made,
        |s| newest(s).collected = newest(s).net,
        "I07",
    ),
    // Debts: I03, I07.
    (
        "a debt is released and the invoice forgets it",
        owed,
        |s| s.1.account.invoices.iter_mut().for_each(|invoice| invoice.credited = eur(0)),
        "I07",
    ),
    (
        "a debt is released twice",
        owed,
        |s| {
            for invoice in &mut s.1.account.invoices {
                if !invoice.credited.is_zero() {
                    invoice.credited += eur(1);
                    return;
                }
            }
            panic!("no debt was released");
        },
        "I07",
    ),
    ("what is owed counts as collected", owed, |s| newest(s).collected = newest(s).net, "I07"),
    // I13: what is settled with the next invoice waits, and is taken in once.
    ("a line begins to wait by itself", put_off_meanwhile, |s| wait_once_more(s), "I13"),
    ("what waits becomes another amount", put_off_meanwhile, |s| sub(s).waiting[1].amount += eur(1), "I13"),
    ("what waits is forgotten", put_off_meanwhile, |s| sub(s).waiting.clear(), "I13"),
    ("a part of what waits is forgotten", put_off_meanwhile, |s| drop(sub(s).waiting.pop()), "I13"),
    ("what waits is not what was quoted", put_off, |s| sub(s).waiting[1].tax += eur(1), "I13"),
    (
        "a line that was quoted does not wait",
        put_off_twice,
        |s| {
            let line = sub(s).waiting.remove(2);
            old_sub(s).waiting[0].amount += line.amount;
            sub(s).waiting[0].amount += line.amount;
        },
        "I13",
    ),
    ("what waited is invoiced and waits on", taken_in, |s| sub(s).waiting = old_sub(s).waiting.clone(), "I13"),
    (
        "what waited stands on no invoice",
        taken_in,
        |s| {
            let line = s.1.documents[0].lines.remove(0);
            s.1.documents[0].lines[0].amount += line.amount;
            s.1.documents[0].lines[0].tax += line.tax;
            s.1.documents[0].lines[0].segment = line.segment;
        },
        "I13",
    ),
    (
        "a line that waited stands on the invoice for less",
        taken_in,
        |s| {
            s.1.documents[0].lines[0].amount += eur(100);
            s.1.documents[0].lines[1].amount -= eur(100);
            s.1.documents[0].lines[1].derivation = None;
        },
        "I13",
    ),
    (
        "a change that begins a period leaves what waited behind",
        taken_in_by_a_change,
        |s| sub(s).waiting = old_sub(s).waiting.clone(),
        "I13",
    ),
    (
        "a change takes in another amount than waited",
        taken_in_by_a_change,
        |s| {
            old_sub(s).waiting[0].amount -= eur(1);
            old_sub(s).waiting[1].amount += eur(1);
        },
        "I13",
    ),
    (
        "coverage counts as invoiced while its line waits",
        put_off,
        |s| newest(s).document = Some(DocumentId::from_uuid(uuid(1))),
        "I07",
    ),
    ("what nobody was asked for counts as collected", put_off, |s| newest(s).collected = newest(s).net, "I07"),
    (
        "coverage is billed by an invoice that nobody issued",
        put_off_meanwhile,
        |s| {
            newest(s).document = Some(DocumentId::from_uuid(uuid(1)));
            newest(s).collected = newest(s).net;
        },
        "I05",
    ),
    (
        "what waits is sold before it is invoiced",
        put_off_meanwhile,
        |s| book(s, LedgerAccount::Balance, LedgerAccount::Sales, 100),
        "I12",
    ),
    ("what waits is in another currency", put_off_meanwhile, |s| sub(s).waiting[0].amount = sek(1), "I01"),
    (
        "more lines wait than an account may have",
        put_off_meanwhile,
        |s| {
            let line = sub(s).waiting[0].clone();
            sub(s).waiting.extend(vec![line; 200]);
        },
        "I34",
    ),
    ("a change that waits for the next invoice is due now", put_off, |s| quote(s).due = eur(1587), "I10"),
    ("a quote says that something else waits after it", put_off, |s| quote(s).waits = Some(eur(1587)), "I10"),
    ("the quote forgets what it takes in", taken_in_by_a_change, |s| quote(s).waiting.clear(), "I10"),
    (
        "an invoice asks for money and puts some on the balance",
        taken_in_below_nothing,
        |s| {
            s.1.documents[0].total += eur(1);
            s.1.documents[0].lines.last_mut().expect("a line").amount += eur(1);
        },
        "I12",
    ),
    (
        "an invoice below nothing forgets the balance",
        taken_in_below_nothing,
        |s| book(s, LedgerAccount::Balance, LedgerAccount::Sales, 100),
        "I12",
    ),
    // I25: a plan that staff assign moves no money.
    (
        "an assigned plan gives money back",
        assigned,
        |s| {
            sub(s).coverage[0].net -= eur(1);
            sub(s).coverage[0].collected -= eur(1);
        },
        "I25",
    ),
    ("what was added is billed at once", assigned, |s| (newest(s).gross, newest(s).net) = (eur(100), eur(100)), "I25"),
    ("what was added says that it cost something", assigned, |s| newest(s).list = eur(400), "I25"),
    (
        "what was added is covered by nothing",
        assigned,
        |s| drop(sub(s).coverage.pop().expect("coverage of what was added")),
        "I05",
    ),
    (
        "an invoice moves with an assigned plan",
        assigned,
        |s| {
            let mut invoice = meanwhile().1.account.invoices.remove(0);
            invoice.from_balance = eur(0);
            invoice.state = InvoiceState::Void { at: s.1.log.at };
            invoice.credited = invoice.total;
            s.0.as_mut().expect("an account").invoices.push(invoice.clone());
            s.0.as_mut().expect("an account").invoices[0].state = InvoiceState::Open;
            s.1.account.invoices.push(invoice);
        },
        "I25",
    ),
    (
        "a mail goes out with an assigned plan",
        assigned,
        |s| s.1.effects.extend(applied().1.effects.into_iter().filter(|e| matches!(e.wish, Wish::Mail(_)))),
        "I25",
    ),
    (
        "a plan is assigned while a change is open",
        assigned,
        |s| {
            let change = meanwhile().1.account.subscriptions.remove(0).change;
            old_sub(s).change.clone_from(&change);
            sub(s).change = change;
        },
        "I25",
    ),
    (
        "the period moves with an assigned plan",
        assigned,
        |s| sub(s).pays_by = PaymentChoice::Card(TestCard::Pays),
        "I25",
    ),
    ("credits come with an assigned plan", recalculated, |s| credits(s).left += 1, "I25"),
    ("an item is lost with an assigned plan", assigned, |s| sub(s).items[0].id = ItemId::from_uuid(uuid(1)), "I05"),
    ("an assigned plan is billed by another cycle", assigned, |s| sub(s).items[0].cycle = Cycle::YEAR, "I25"),
    (
        "an option stands twice with an assigned plan",
        assigned,
        |s| {
            let mut twice = sub(s).items[1].clone();
            let mut cover = newest(s).clone();
            (twice.id, cover.id) = (ItemId::from_uuid(uuid(1)), SegmentId::from_uuid(uuid(2)));
            cover.item = twice.id;
            sub(s).items.push(twice);
            sub(s).coverage.push(cover);
        },
        "I25",
    ),
    ("the present amount grows by a cent", assigned, |s| sub(s).items[0].unit_price += eur(1), "I25"),
    (
        "the present amount grows, and the answer says so",
        assigned,
        |s| {
            sub(s).items[0].unit_price += eur(1);
            if let Answer::PlanAssigned { recurring_after, .. } = &mut s.1.answer {
                *recurring_after += eur(1);
            }
        },
        "I25",
    ),
    ("the recalculated amount is not the one answered", recalculated, |s| sub(s).items[0].unit_price += eur(1), "I25"),
    (
        "another subscription is assigned than was answered",
        assigned,
        |s| {
            if let Answer::PlanAssigned { subscription, .. } = &mut s.1.answer {
                *subscription = SubscriptionId::from_uuid(uuid(1));
            }
        },
        "I25",
    ),
    // I10, I30, I05: days that are bought with what is left.
    (
        "bought days cost a cent more than is left",
        extended,
        |s| {
            quote(s).charges[0].amount += eur(1);
            quote(s).charge += eur(1);
            quote(s).net += eur(1);
            quote(s).total += eur(1);
            quote(s).due += eur(1);
        },
        "I10",
    ),
    (
        "a line of bought days takes a cent of another",
        extended,
        |s| {
            quote(s).charges[0].amount += eur(1);
            quote(s).charges[1].amount -= eur(1);
        },
        "I12",
    ),
    ("more is left than was paid", extended, |s| extension(s).value += eur(1), "I10"),
    ("the days are bought at half the price", extended, |s| extension(s).price = eur(1700), "I10"),
    // I27 and I30: units that stay paid though there are fewer.
    ("the next period bills the units that were given up", fewer_units_renewed, |s| memory(s).quantity = 10, "I27"),
    ("a change bills other units than it sells", extended, |s| memory(s).quantity = 3, "I27"),
    ("more units are had than stay paid", fewer_units, |s| sell_units(s, 12), "I30"),
    (
        "what stays paid is charged again",
        fewer_units,
        |s| {
            let rest = old_sub(s).period;
            quote(s).charges[0].span = rest;
        },
        "I30",
    ),
    (
        "what stays paid is not given back where a period begins",
        fewer_units,
        |s| quote(s).period.from = quote(s).at,
        "I30",
    ),
    ("a day more is bought than is begun", extended, |s| extension(s).days += 1, "I30"),
    ("a day less is bought than is paid for", extended, |s| extension(s).days -= 1, "I30"),
    ("days are bought by another month", extended, |s| extension(s).bought.whole += 5, "I30"),
    (
        "the bought days end a day later",
        extended,
        |s| {
            quote(s).period.until = at("2026-04-20T00:00");
            quote(s).anchor.start = "2026-04-20T00:00".parse().expect("a moment");
        },
        "I30",
    ),
    (
        "a line is for other days than were bought",
        extended,
        |s| quote(s).charges[0].span.until = at("2026-04-20T00:00"),
        "I30",
    ),
    ("days are bought with nothing", extended, |s| quote(s).extension = None, "I10"),
    ("a bought day is not counted as bought", extended, |s| newest(s).bought = None, "I05"),
    (
        "a bought day is counted by another month later",
        extended_meanwhile,
        |s| newest(s).bought.as_mut().expect("bought days").whole += 1,
        "I05",
    ),
    (
        "a long period is longer than what was bought",
        extended_far,
        |s| {
            sub(s).period.from = at("2026-04-10T00:00");
            quote(s).period.from = at("2026-04-10T00:00");
        },
        "I04",
    ),
    // I20: the package of an assigned plan waits until the module is asked.
    (
        "an assigned plan asks the module by itself",
        assigned,
        |s| {
            let service = &mut sub(s).service;
            service.desired = service.package.take().expect("a package");
            service.generation += 1;
        },
        "I20",
    ),
    ("a package is forgotten when it is assigned", assigned, |s| sub(s).service.package = None, "I20"),
    ("a package is forgotten while it waits", package_waits, |s| sub(s).service.package = None, "I20"),
    (
        "a package becomes another while it waits",
        package_waits,
        |s| sub(s).service.package.as_mut().expect("a package").extend([("units".into(), 9)]),
        "I20",
    ),
    (
        "a package waits for what is wanted already",
        package_waits,
        |s| {
            let desired = sub(s).service.desired.clone();
            old_sub(s).service.package = Some(desired.clone());
            sub(s).service.package = Some(desired);
        },
        "I20",
    ),
    (
        "the module is asked for another size than the package",
        packaged,
        |s| sub(s).service.desired.extend([("units".into(), 9)]),
        "I20",
    ),
    (
        "a package waits on after it was asked for",
        packaged,
        |s| sub(s).service.package = Some([("units".into(), 9)].into_iter().collect()),
        "I20",
    ),
    (
        "a package outlives a change that is made",
        changed_after_assigned,
        |s| sub(s).service.package = old_sub(s).service.package.clone(),
        "I20",
    ),
    (
        "a service begins with a package",
        started,
        |s| sub(s).service.package = Some([("units".into(), 9)].into_iter().collect()),
        "I20",
    ),
    // I26: renewals that are not paid.
    (
        "a renewal is dunned by other terms",
        retried,
        |s| s.1.account.invoices[0].dunning.as_mut().expect("dunning").terms.grace_days = Some(9),
        "I26",
    ),
    ("a renewal is not dunned any more", retried, |s| s.1.account.invoices[0].dunning = None, "I26"),
    ("a retry comes a day too early", dunning_begun, |s| shift(&mut dunning(s).retry_at, -24), "I26"),
    ("a grace is an hour too long", dunning_begun, |s| shift(&mut dunning(s).grace_until, 1), "I26"),
    (
        "a renewal counts from a failure that nobody saw",
        dunning_begun,
        |s| {
            shift(&mut dunning(s).since, -24);
            shift(&mut dunning(s).retry_at, -24);
            shift(&mut dunning(s).grace_until, -24);
        },
        "I26",
    ),
    (
        "a retry is made, and is still to come",
        retried,
        |s| {
            let before = s.0.as_ref().expect("an account").invoices[0].dunning.clone();
            s.1.account.invoices[0].dunning = before;
        },
        "I26",
    ),
    (
        "a retry passes one that is not due",
        retried,
        |s| {
            dunning(s).retried = 2;
            dunning(s).retry_at = None;
        },
        "I26",
    ),
    ("a grace ends at the first failure", dunning_begun, |s| dunning(s).grace_over = true, "I26"),
    (
        "a grace ends while a payment is on its way",
        restricted,
        |s| {
            let attempt = |account: &mut billing::account::Account| {
                account.attempts.last_mut().expect("an attempt").state = AttemptState::Unknown;
            };
            attempt(s.0.as_mut().expect("an account"));
            attempt(&mut s.1.account);
        },
        "I26",
    ),
    ("a grace begins again", restricted_meanwhile, |s| dunning(s).grace_over = false, "I26"),
    // I24: access.
    (
        "access is restricted in the grace",
        retried,
        |s| {
            sub(s).service.access = Access::Restricted;
            sub(s).service.generation += 1;
        },
        "I24",
    ),
    (
        "access goes on after the grace",
        restricted,
        |s| {
            sub(s).service = old_sub(s).service.clone();
        },
        "I24",
    ),
    (
        "access stays restricted when all is paid",
        restored,
        |s| {
            sub(s).service = old_sub(s).service.clone();
        },
        "I24",
    ),
    (
        "access returns while something is owed",
        restricted_meanwhile,
        |s| {
            sub(s).service.access = Access::Full;
            sub(s).service.generation += 1;
        },
        "I24",
    ),
    (
        "a change is submitted while access is restricted",
        ordered,
        |s| {
            old_sub(s).service.access = Access::Restricted;
            sub(s).service.access = Access::Restricted;
        },
        "I24",
    ),
    (
        "access is restricted under an old generation",
        restricted,
        |s| sub(s).service.generation = old_sub(s).service.generation,
        "I20",
    ),
    // I20, I18: services and wishes.
    ("a generation is skipped", applied, |s| sub(s).service.generation += 1, "I20"),
    ("a generation goes back", meanwhile, |s| sub(s).service.generation = 0, "I20"),
    (
        "a size is wanted under an old generation",
        meanwhile,
        |s| {
            sub(s).service.desired.insert("units".into(), 9);
        },
        "I20",
    ),
    ("what was observed is forgotten", resized, |s| old_sub(s).service.observed_generation = 2, "I20"),
    ("a later generation is seen than wanted", resized, |s| sub(s).service.observed_generation = 2, "I20"),
    (
        "nobody takes the payment",
        ordered,
        |s| {
            s.1.effects.retain(|effect| !matches!(effect.wish, Wish::Charge { .. }));
        },
        "I18",
    ),
    (
        "nobody resizes the service",
        applied,
        |s| {
            s.1.effects.retain(|effect| !matches!(effect.wish, Wish::Ensure { .. }));
        },
        "I18",
    ),
    (
        "another amount is taken from the card",
        ordered,
        |s| {
            for effect in &mut s.1.effects {
                if let Wish::Charge { amount, .. } = &mut effect.wish {
                    *amount += eur(1);
                }
            }
        },
        "I18",
    ),
    (
        "a mail goes to somebody else",
        ordered,
        |s| {
            for effect in &mut s.1.effects {
                if let Wish::Mail(mail) = &mut effect.wish {
                    mail.to = "mallory@example.org".to_owned();
                }
            }
        },
        "I18",
    ),
];

#[test]
fn every_scene_is_right_before_it_is_spoiled() {
    for (name, scene, ..) in BUGS
        .iter()
        .chain(arrears::BUGS)
        .chain(one_time::BUGS)
        .chain(paid_trial::BUGS)
        .chain(usage::BUGS)
        .chain(payouts::BUGS)
        .chain(cancellation::BUGS)
    {
        let (before, decision) = scene();
        assert_eq!(check(before.as_ref(), &decision), Ok(()), "the scene of {name:?}");
    }
}

#[test]
fn every_planted_bug_is_found_by_its_law() {
    let mut missed = Vec::new();
    for (name, scene, spoil, law) in BUGS
        .iter()
        .chain(arrears::BUGS)
        .chain(one_time::BUGS)
        .chain(paid_trial::BUGS)
        .chain(usage::BUGS)
        .chain(payouts::BUGS)
        .chain(cancellation::BUGS)
    {
        let mut scene = scene();
        spoil(&mut scene);
        match check(scene.0.as_ref(), &scene.1) {
            Err(broken) if broken.law == *law => {}
            Err(broken) => missed.push(format!("{name}: {law} was to say so, and it was: {broken}")),
            Ok(()) => missed.push(format!("{name}: {law} was to say so, and nobody did")),
        }
    }
    assert!(missed.is_empty(), "{} of {} bugs:\n{}", missed.len(), BUGS.len(), missed.join("\n"));
}

#[test]
fn every_law_has_a_planted_bug() {
    let planted: BTreeSet<&str> = BUGS
        .iter()
        .chain(arrears::BUGS)
        .chain(one_time::BUGS)
        .chain(paid_trial::BUGS)
        .chain(usage::BUGS)
        .chain(payouts::BUGS)
        .chain(cancellation::BUGS)
        .map(|(.., law)| *law)
        .collect();
    let laws = [
        "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10", "I11", "I12", "I13", "I15", "I18", "I20",
        "I21", "I23", "I24", "I25", "I26", "I27", "I30", "I31", "I34",
    ];
    assert_eq!(planted, BTreeSet::from(laws));
}
