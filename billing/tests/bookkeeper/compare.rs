//! Holds what the engine keeps against the bookkeeper's book, item for item.

use std::collections::BTreeMap;

use billing::account::{Account, AttemptState, ChangeState, PlanCredits};
use billing::calendar::{Anchor, Cycle};
use billing::decide::Decision;
use billing::discount::Discount;
use billing::document::InvoiceState;
use billing::ledger::LedgerAccount;
use billing::quote::Settlement;
use billing::service::Progress as EngineProgress;
use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::arrears::Settled;
use crate::bill_day::Since;
use crate::book::{Book, ChangeStands, Desk, Knows, Piece, Progress, PutOff, Stands, Subscription, payable};
use crate::change::{Quote, Wish};
use crate::commands::income_of;
use crate::fraction::Fraction;
use crate::meters::{METERS, MeterPrice};
use crate::plan_credits::Credits;
use crate::play::{Ids, code_of, same};
use crate::shop::{OPTIONS, Off, plan_code};

type Agrees = Result<(), String>;

/// Learns the engine's ids of what a decision made, by its order.
pub fn learn(ids: &mut Ids, decision: &Decision, book: &Book) -> Agrees {
    for subscription in &decision.account.subscriptions {
        let at = ids.place_of(subscription);
        let mut place = ids.pieces.values().filter(|(owner, _)| *owner == at).count();
        for segment in &subscription.coverage {
            let known = ids.pieces.entry(segment.id).or_insert((at, place));
            place += usize::from(known.1 == place);
        }
        same!("the number of pieces", place, book.subscriptions[at].pieces.len());
    }
    for invoice in &decision.account.invoices {
        if !ids.bills.contains(&invoice.id) {
            ids.bills.push(invoice.id);
        }
    }
    same!("the number of bills", ids.bills.len(), book.bills.len());
    for attempt in &decision.account.attempts {
        if !ids.attempts.contains(&attempt.id) {
            ids.attempts.push(attempt.id);
        }
    }
    same!("the number of attempts", ids.attempts.len(), book.attempts.len());
    Ok(())
}

/// The documents of a decision, with every line.
pub fn documents(decision: &Decision, book: &Book) -> Agrees {
    let issued = decision.documents.iter().map(|document| {
        let lines = document.lines.iter().map(|line| (line.amount.minor, line.tax.minor));
        (document.kind.name(), document.total.minor, lines.collect::<Vec<_>>())
    });
    let written = book.documents.iter().map(|paper| (paper.kind, paper.total, paper.lines.clone()));
    same!("documents", issued.collect::<Vec<_>>(), written.collect::<Vec<_>>());
    Ok(())
}

/// What a decision posts, per ledger account.
pub fn ledger(decision: &Decision, before: &Book, after: &Book) -> Agrees {
    for account in LedgerAccount::ALL {
        let postings = decision.postings.iter().filter(|posting| posting.account == account);
        let posted: i64 = postings.map(|posting| posting.amount.minor).sum();
        same!(account.name(), posted, before.held(account) - after.held(account));
    }
    Ok(())
}

/// The whole account.
pub fn account(ids: &Ids, account: &Account, book: &Book, desk: &Desk, now: Timestamp) -> Agrees {
    same!("balance", account.balance.minor, book.balance());
    crate::payouts::compare(account, book)?;
    same!("reserved", account.reserved.minor, book.held(LedgerAccount::Reserved));
    for invoice in &account.invoices {
        let place = ids.bills.iter().position(|id| *id == invoice.id).expect("a bill that was learned");
        let bill = &book.bills[place];
        let stands = match invoice.state {
            InvoiceState::Open => Stands::Open,
            InvoiceState::Paid { .. } => Stands::Paid,
            InvoiceState::Void { .. } => Stands::Void,
        };
        let engine = (invoice.total.minor, invoice.from_balance.minor, invoice.credited.minor, stands);
        same!("a bill", engine, (bill.total, bill.from_balance, bill.credited, bill.stands));
        let dunning = invoice.in_dunning();
        let planned =
            dunning.map(|dunning| (dunning.retried, dunning.retry_at, dunning.grace_until, dunning.grace_over));
        let chase = bill.chase.as_ref().filter(|_| bill.stands == Stands::Open);
        let noted = chase.map(|chase| (chase.tried, chase.tries.first().copied(), chase.ends, chase.over));
        same!("what becomes of a bill unpaid", planned, noted);
    }
    let open = book.bills.iter().filter(|bill| bill.stands == Stands::Open).count();
    same!("open bills", account.invoices.iter().filter(|invoice| invoice.is_open()).count(), open);
    for attempt in &account.attempts {
        let place = ids.attempts.iter().position(|id| *id == attempt.id).expect("an attempt that was learned");
        let known = &book.attempts[place];
        let knows = match attempt.state {
            AttemptState::Sent => Knows::Sent,
            AttemptState::Unknown => Knows::Unknown,
            AttemptState::Failed { .. } => Knows::Failed,
            AttemptState::Captured { .. } => Knows::Captured,
        };
        same!("an attempt", (attempt.amount.minor, knows), (known.amount, known.knows));
    }
    for engine in &account.subscriptions {
        let place = ids.subscriptions.iter().position(|id| *id == engine.id).expect("a subscription that was learned");
        subscription(ids, engine, &book.subscriptions[place], book, desk)?;
        crate::leaving::compare(engine, &book.subscriptions[place], now)?;
    }
    Ok(())
}

fn subscription(
    ids: &Ids,
    engine: &billing::account::Subscription,
    ours: &Subscription,
    book: &Book,
    desk: &Desk,
) -> Agrees {
    same!("the period", (engine.period.from, engine.period.until), (ours.from, ours.until));
    same!("the end of the trial", engine.trial_until, ours.trial);
    same!("when it is billed", engine.billed.is_arrears(), ours.afterwards);
    same!("the ordinal of the period", engine.period_ordinal(), ours.ordinal);
    let dates = (engine.anchor.cycle, dates_from(&engine.anchor, engine.period_no));
    same!("where periods are counted from", dates, (ours.cycle, our_dates(&ours.since, ours.cycle, ours.number)));
    same!("the start of the full period", engine.full_period(&desk.zone).from, ours.full_from(&desk.customer));
    let basket = engine.basket();
    same!("the plan", basket.plan, plan_code(ours.plan().plan));
    let options: BTreeMap<&str, i64> =
        basket.options.iter().map(|(code, quantity)| (code.as_str(), i64::from(*quantity))).collect();
    same!("the options", options, ours.options());
    for item in engine.items.iter().filter(|item| item.quantity > 0) {
        let code = code_of(&item.component);
        let found = ours.items.iter().find(|ours| ours.option == code && ours.quantity > 0).expect("an item");
        let price = (item.unit_price.minor, item.discount.map(off), item.cycle);
        same!("an item's price", price, (found.unit, found.off.map(off_text), found.cycle));
        same!("an item's tiers", item.tiers.as_deref().cloned(), found.tiers.map(|tiers| desk.shop.tiers(tiers)));
        same!("an item's list price", item.priced().list.minor, found.price().list);
    }
    same!("plan credits", engine.credits.map(all_of), ours.credits.map(all_of_ours));
    for option in [None].into_iter().chain(OPTIONS.map(Some)) {
        let carried = engine.carry.iter().find(|(component, _)| code_of(component) == option);
        let carried = carried.map_or(Fraction::whole(0), |(_, off)| fraction(&off.to_string()));
        // Of what has ended nothing is carried any more.
        if !ours.has_ended() {
            same!("what is carried", (option, carried), (option, ours.above(option)));
        }
    }
    let state = engine.change.as_ref().map(|change| match change.state {
        ChangeState::AwaitsPayment { lapses_at } => ChangeStands::Awaits { until: lapses_at },
        ChangeState::Scheduled { at } => ChangeStands::Scheduled { at },
        _ => ChangeStands::Closed,
    });
    let state = state.filter(|state| *state != ChangeStands::Closed);
    same!("the open change", state, ours.open_change().map(|change| change.state));
    let service = &engine.service;
    let progress = match &service.progress {
        EngineProgress::Wanted => Progress::Wanted,
        EngineProgress::Working => Progress::Working,
        EngineProgress::Done => Progress::Done,
        EngineProgress::Failed { reason } if reason == "the host is full" => Progress::Failed,
        EngineProgress::Failed { .. } => Progress::Misread,
    };
    same!("the package that waits", service.package.as_ref().map(size), ours.service.package);
    same!("is shut out", !service.access.is_full(), ours.service.shut);
    let seen = (size(&service.desired), service.generation, service.observed_generation, progress);
    same!("the service", seen, (ours.service.size, ours.service.generation, ours.service.done, ours.service.progress));
    for segment in &engine.coverage {
        let (_, place) = ids.pieces[&segment.id];
        let piece = &ours.pieces[place];
        same!("a piece's item", code_of(&engine_item(engine, segment.item)?.component), ours.items[piece.item].option);
        same!("a piece's time", (segment.span.from, segment.span.until), (piece.from, piece.until));
        let money = [segment.list, segment.gross, segment.net, segment.tax].map(|money| money.minor);
        same!("a piece's money", money, [piece.price.list, piece.gross, piece.net, piece.tax]);
        let collected = if piece.put_off || book.is_open(piece.bill) { 0 } else { piece.net };
        same!("what of a piece is collected", segment.collected.minor, collected);
        same!("a shared day", segment.shares_first_day, piece.shares);
    }
    let codes = |engine: &billing::name::Name| engine.to_string();
    let charged: BTreeMap<_, _> =
        engine.one_time.charged.iter().map(|(code, units)| (codes(code), i64::from(*units))).collect();
    let done = ours.once.done.iter().map(|(thing, units)| (code_of_thing(*thing), *units)).collect();
    same!("what was asked once", charged, done);
    let to_come = engine.one_time.to_come.iter();
    let to_come = to_come.map(|one| (codes(&one.code), one.price.minor, i64::from(one.units), i64::from(one.of)));
    let later = ours.once.later.iter().map(|one| (code_of_thing(one.thing), one.each, one.new, one.all));
    same!("what is asked later", to_come.collect::<Vec<_>>(), later.collect::<Vec<_>>());
    same!("what a trial was asked", engine.one_time.trial.map_or(0, |price| price.minor), ours.once.trial);
    let waiting = engine.waiting.iter().map(|line| (line.amount.minor, line.tax.minor));
    let put_off = ours.put_off.iter().map(|line| (line.amount, line.tax));
    same!("what waits for the next bill", waiting.collect::<Vec<_>>(), put_off.collect::<Vec<_>>());
    for meter in METERS {
        let of_meter = || engine.usage.iter().filter(|counter| counter.price.meter == meter);
        let counted = of_meter().filter(|counter| counter.units > 0);
        let counted = counted.map(|counter| (i64::from(counter.units), price_of(&counter.price)));
        let ours_counted = ours.runs(meter).into_iter().map(|run| (run.units, our_price(desk, run.price)));
        same!("what was used", counted.collect::<Vec<_>>(), ours_counted.collect::<Vec<_>>());
        let counts = of_meter().find(|counter| counter.until.is_none()).map(|counter| price_of(&counter.price));
        same!("what usage costs", counts, ours.meters.get(meter).map(|price| our_price(desk, *price)));
    }
    Ok(())
}

type PriceOfUsage = (i64, i64, Option<billing::catalogue::Tiers>);

fn price_of(price: &billing::usage::MeterPrice) -> PriceOfUsage {
    (price.per.into(), price.amount.minor, price.tiers.as_deref().cloned())
}

fn our_price(desk: &Desk, price: MeterPrice) -> PriceOfUsage {
    (price.per, price.amount, price.tiers.map(|tiers| desk.shop.tiers(tiers)))
}

fn engine_item(
    subscription: &billing::account::Subscription,
    id: billing::id::ItemId,
) -> Result<&billing::account::Item, String> {
    subscription.items.iter().find(|item| item.id == id).ok_or_else(|| "a piece of no item".to_owned())
}

fn size(size: &billing::catalogue::Size) -> [i64; 6] {
    let of = |resource: &str| size.get(resource).copied().unwrap_or(0);
    let [a, b, c, d, e] = OPTIONS;
    ["plan", a, b, c, d, e].map(of)
}

type AllCredits = (i64, i64, i64, Option<Fraction>);

fn all_of(engine: PlanCredits) -> AllCredits {
    (engine.left, engine.granted, engine.of_plan, engine.part.map(|part| fraction(&part.to_string())))
}

fn all_of_ours(ours: Credits) -> AllCredits {
    (ours.left, ours.granted, ours.of_plan, ours.part())
}

fn fraction(text: &str) -> Fraction {
    let (over, under) = text.split_once('/').unwrap_or((text, "1"));
    let number = |text: &str| text.parse().expect("a number");
    Fraction::new(number(over), number(under))
}

fn off(discount: Discount) -> String {
    match discount {
        Discount::Percent(percent) => format!("{percent}%"),
        Discount::Amount(off) => off.minor.to_string(),
    }
}

fn off_text(off: Off) -> String {
    match off {
        Off::Percent(hundredths) if hundredths % 100 == 0 => format!("{}%", hundredths / 100),
        Off::Percent(hundredths) => {
            let decimals = format!("{:02}", hundredths % 100);
            format!("{}.{}%", hundredths / 100, decimals.trim_end_matches('0'))
        }
        Off::Amount(minor) => minor.to_string(),
    }
}

fn code_of_thing((option, plan): crate::once::Thing) -> String {
    option.map_or_else(|| plan_code(plan).to_string(), str::to_owned)
}

/// A quote, line by line.
pub fn quote(ids: &Ids, engine: &billing::quote::Quote, ours: &Quote, desk: &Desk) -> Agrees {
    same!("the direction", engine.direction, ours.direction);
    let on = engine.on.map(|day| day.from);
    same!("the moment", (engine.at, engine.when, on), (ours.at, ours.when, ours.on));
    same!("what it waits for", (engine.gate, engine.on_failure), (ours.gate, ours.on_failure));
    same!("the period", (engine.period.from, engine.period.until), (ours.from, ours.until));
    let cycle = ours.wish.cycle;
    same!("the cycle", engine.anchor.cycle, cycle);
    let end = ours.since.nth(cycle, ours.number + 1);
    let number = (0..800)
        .flat_map(|n| [n, -1 - n])
        .find(|n| engine.anchor.boundary(n + 1) == end)
        .ok_or("an anchor that does not lead there")?;
    same!("the anchor", dates_from(&engine.anchor, number), our_dates(&ours.since, cycle, ours.number));
    same!("the end of a trial", engine.trial_until, ours.trial);
    same!("the first period", engine.first_period.map(|money| money.minor), ours.first_period);
    same!("when it expires", engine.expires_at, ours.expires);
    same!("what can go back whole", engine.full_refund_until, ours.promise);
    same!("does it stay", engine.uncancels, ours.uncancels);
    same!("until when it is to be paid", engine.pay_by, ours.pay_by);
    same!("the number of credits", engine.credits.len(), ours.given.len());
    for (line, given) in engine.credits.iter().zip(&ours.given) {
        same!("the piece of a credit", ids.pieces[&line.segment].1, given.piece);
        same!("the time of a credit", (line.span.from, line.span.until), (given.from, given.until));
        let money = [line.amount, line.tax, line.collected, line.gross].map(|money| money.minor);
        same!("a credit", money, [given.amount, given.tax, given.collected(), given.gross]);
    }
    same!("the number of charges", engine.charges.len(), ours.laid.len());
    for (line, laid) in engine.charges.iter().zip(&ours.laid) {
        same!("the item of a charge", code_of(&line.component), laid.wanted.option);
        same!("the time of a charge", (line.span.from, line.span.until), (laid.from, laid.until));
        let money = [line.amount, line.tax, line.gross, line.unit_price].map(|money| money.minor);
        same!("a charge", money, [laid.amount, laid.tax, laid.gross, laid.wanted.unit]);
        same!("the discount of a charge", line.discount.map(off), laid.wanted.off.map(off_text));
        same!("a shared day", line.shares_first_day, laid.shares);
        same!("is an item charged on", line.item.is_some(), laid.item.is_some());
    }
    let asked = engine.once.iter().map(|line| {
        let units = [line.quantity, line.of].map(i64::from);
        (line.code.to_string(), units, [line.unit_price(), line.amount, line.tax].map(|money| money.minor))
    });
    let ours_asked =
        ours.of_trial.iter().chain(&ours.once).map(|one| {
            (code_of_thing(one.what.thing), [one.what.new, one.what.all], [one.what.each, one.amount, one.tax])
        });
    same!("what is asked once", asked.collect::<Vec<_>>(), ours_asked.collect::<Vec<_>>());
    same!("what waits after it", engine.waits.map_or(0, |waits| waits.minor), ours.waits);
    let settles = match engine.settlement {
        Settlement::Now => Settled::Now,
        Settlement::NextInvoice => Settled::Later,
        Settlement::ChargeWaits => Settled::OldNow,
    };
    same!("what waits for the next bill", settles, ours.settles);
    same!("is it billed afterwards", engine.billed.is_arrears(), ours.afterwards);
    for meter in METERS {
        let price = engine.meters.iter().find(|price| price.meter == meter).map(price_of);
        same!("what usage costs after it", price, ours.meters.get(meter).map(|price| our_price(desk, *price)));
    }
    let on_paper = if ours.settles == Settled::OldNow { 0 } else { ours.charge };
    let sums = [
        ("credit", engine.credit, ours.credit),
        ("debt released", engine.debt_released, ours.debt_released),
        ("charge", engine.charge, ours.charge),
        ("net", engine.net, on_paper - ours.credit + ours.taken.iter().map(|line| line.amount).sum::<i64>()),
        ("tax", engine.tax, ours.tax),
        ("total", engine.total, ours.total),
        ("from balance", engine.from_balance, ours.from_balance),
        ("due", engine.due, ours.due()),
        ("to balance", engine.to_balance, (-ours.settled()).max(0)),
        ("what a period costs before", engine.recurring_before, ours.recurring_before),
        ("what a period costs after", engine.recurring_after, ours.recurring_after),
    ];
    for (what, engine, ours) in sums {
        same!(what, engine.minor, ours);
    }
    same!("plan credits", engine.credits_after.map(all_of), ours.credits_after.map(all_of_ours));
    same!("the size before", size(&engine.size_before), ours.size_before);
    same!("the size", size(&engine.size_after), ours.size);
    let next = if ours.when == billing::policy::When::Now { ours.until } else { ours.from };
    same!("the day of the next bill", engine.next_invoice_on, desk.customer.date(next));
    let Wish { plan, .. } = ours.wish;
    same!("the plan", &engine.after.plan, &plan_code(plan));
    Ok(())
}

/// All money that came is somewhere: free, set aside, in time that was paid for, or in a bill that is still open. And
/// what was sold is the income of all time that is covered, or will be once a change is paid.
pub fn money_is_somewhere(book: &Book) -> Agrees {
    let came = [LedgerAccount::CashBank, LedgerAccount::CashCard, LedgerAccount::Goodwill];
    let came: i64 = came.iter().map(|account| -book.held(*account)).sum();
    let pays = |piece: &Piece| payable(piece.net, piece.tax, piece.tax_of);
    let pieces = || book.subscriptions.iter().flat_map(|subscription| &subscription.pieces);
    let paid: i64 = pieces().filter(|piece| !piece.put_off && !book.is_open(piece.bill)).map(pays).sum();
    let used = || book.used.iter();
    let paid = paid + used().filter(|(bill, _)| !book.is_open(*bill)).map(|(_, line)| line.payable()).sum::<i64>();
    // What goes back of time that was paid for, and waits for the next bill.
    let put_off = || book.subscriptions.iter().flat_map(|subscription| &subscription.put_off);
    let to_bill: i64 = pieces().filter(|piece| piece.put_off).map(pays).sum();
    let to_come = to_bill - put_off().map(PutOff::payable).sum::<i64>();
    let waits = |bill: usize| {
        let changes = book.subscriptions.iter().filter_map(|subscription| subscription.open_change());
        changes.into_iter().any(|change| change.bill == Some(bill))
    };
    let open = (0..book.bills.len()).filter(|bill| book.is_open(Some(*bill)) && !waits(*bill));
    let inside: i64 = open
        .map(|bill| {
            let owed: i64 = pieces().filter(|piece| piece.bill == Some(bill)).map(pays).sum();
            let owed = owed + used().filter(|(of, _)| *of == Some(bill)).map(|(_, line)| line.payable()).sum::<i64>();
            owed - (book.bills[bill].total - book.bills[bill].credited)
        })
        .sum();
    let held = [LedgerAccount::Reserved, LedgerAccount::Payouts, LedgerAccount::PayoutFees];
    let held = book.balance() + held.iter().map(|account| book.held(*account)).sum::<i64>();
    same!("all money", came, held + paid + inside + to_come);
    let waiting: i64 = book
        .subscriptions
        .iter()
        .filter_map(|subscription| subscription.open_change())
        .filter(|change| matches!(change.state, ChangeStands::Awaits { .. }))
        .map(|change| change.quote.total - change.quote.tax)
        .sum();
    let income: i64 = book.subscriptions.iter().map(|subscription| income_of(&subscription.pieces)).sum();
    let income = income + used().map(|(_, line)| line.payable() - line.tax).sum::<i64>();
    let not_billed: i64 = put_off().map(|line| line.payable() - line.tax).sum();
    same!("all sales", book.held(LedgerAccount::Sales), income + waiting - not_billed);
    Ok(())
}

/// Where the engine begins the present period and those that follow for two years of months.
fn dates_from(anchor: &Anchor, number: i64) -> Vec<DateTime> {
    NEXT.map(|n| anchor.boundary(number + n)).to_vec()
}

fn our_dates(since: &Since, cycle: Cycle, number: i64) -> Vec<DateTime> {
    NEXT.map(|n| since.nth(cycle, number + n)).to_vec()
}

/// Which of the next periods are looked at.
const NEXT: [i64; 9] = [0, 1, 2, 3, 4, 5, 11, 12, 13];
