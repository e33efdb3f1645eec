//! Customers who leave: the policies that say how, histories in which that happens and what comes after it, drawn apart, so
//! that seeds of before keep their own; and the ends of both sides, one held against the other. What an end comes to is in
//! `cancel`.

use std::fmt;

use billing::account::Subscription as EngineSubscription;
use billing::cancellation::{CancellationQuote, CancellationRequest, CancellationSummary};
use billing::command::{Asker, Command};
use billing::decide::quote_cancellation;
use billing::policy::When;
use jiff::Timestamp;

use crate::book::{Book, Subscription};
use crate::cancel::{End, Why};
use crate::chance::Chance;
use crate::days::{Clock, plus_seconds};
use crate::history::{Deed, History, Other, Step};
use crate::meters::METERS;
use crate::play::{Ids, Play, same};

/// Policies that say how subscriptions end: names, what they have beside the common terms, and rules and tables.
pub const POLICIES: [(&str, &str, &str); 11] = [
    (
        "leave-now",
        "denominator = \"period\"\npending = \"replace\"\ncarry = \"item_period\"\ncash_out_fee = \"1\"\n",
        "[cancellation]\nwhen = [\"now\", \"period_end\"]\nfull_refund_days = 7\n",
    ),
    (
        "leave-clawed",
        "denominator = \"period\"\ngate = \"none\"\nchoose_when = true\ntax_rounding = \"line\"\n",
        "[cancellation]\nwhen = [\"now\"]\nfull_refund_days = 14\n\
         set = { credit_from = \"next_day\", claw_back = \"used_at_list\", credit_tax = \"at_rate\" }\n",
    ),
    (
        "leave-next-bill",
        "denominator = \"period\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\nsettle_credit = \"next_invoice\"\n\
         pending = \"replace\"\n",
        "[cancellation]\nwhen = [\"period_end\", \"now\"]\nfull_refund_days = 31\nset = { claw_back = \"used_months\" }\n",
    ),
    (
        "leave-never",
        "denominator = { fixed_days = 30 }\nremainder = \"rounded\"\n",
        "[cancellation]\nwhen = []\nset = { credit = \"none\" }\n",
    ),
    (
        "leave-owed",
        "denominator = \"period\"\ngate = \"none\"\ncarry = \"item_period\"\npending = \"replace\"\n",
        "[dunning]\nretries = { offsets = [1, 3] }\ngrace_days = 4\nafter_grace = \"cancel\"\n\
         [cancellation]\nwhen = [\"now\"]\nset = { credit_from = \"next_day\" }\n",
    ),
    (
        "leave-released",
        "denominator = \"period\"\non_failure = \"apply\"\nquantity_decrease = \"no_refund\"\n",
        "[dunning]\nretries = { offsets = [20, 30], counted_from = \"previous_attempt\", unit = \"hour\" }\n\
         grace_days = 2\nafter_grace = \"cancel\"\nunpaid = \"released\"\n[cancellation]\nfull_refund_days = 5\n",
    ),
    (
        "leave-released-later",
        "denominator = \"period\"\ngate = \"none\"\nsettle_charge = \"next_invoice\"\ntax_rounding = \"net\"\n\
         pending = \"replace\"\n",
        "[dunning]\ngrace_days = 0\nafter_grace = \"cancel\"\nunpaid = \"released\"\n",
    ),
    (
        "leave-owed-trial",
        "denominator = \"period\"\ntrial = \"end\"\non_failure = \"lapse\"\npending = \"replace\"\n",
        "[dunning]\nretries = { offsets = [1] }\ngrace_days = 1\nafter_grace = \"cancel\"\n\
         [cancellation]\nfull_refund_days = 3\n",
    ),
    (
        "leave-bill-day",
        "denominator = \"period\"\nbill_day = 15\nfirst_period = \"long\"\nanchor = \"keep\"\ncarry = \"item_period\"\n",
        "[cancellation]\nwhen = [\"now\", \"period_end\"]\nfull_refund_days = 20\n",
    ),
    (
        "leave-next",
        "denominator = \"period\"\nanchor = \"restart_on_cycle_change\"\nfree_to_paid = \"restart\"\ntrial = \"end\"\n\
         gate = \"none\"\n",
        "[cancellation]\nwhen = [\"now\"]\nfull_refund_days = 366\nset = { credit_from = \"change_day\" }\n",
    ),
    (
        "leave-credits",
        "denominator = \"period\"\ncredits = \"prorate\"\npending = \"replace\"\nday_zone = \"seller\"\n",
        "[cancellation]\nwhen = [\"now\", \"period_end\"]\nfull_refund_days = 10\nset = { credit_by = \"time_or_credits\" }\n",
    ),
];

/// Is it one of these policies, which only shops drawn for them have?
pub fn is_own(name: &str) -> bool {
    POLICIES.iter().any(|(own, ..)| *own == name)
}

/// By which no customer of a seed that is kept in `seeds.txt` leaves before the end.
const SALT: u64 = 0xe4d_0044_9b1e;

const DAY: i64 = 86_400;

/// The last subscription that was started, of however many there are up to six.
const NEWEST: usize = 59;

impl History {
    /// Lets customers of every third history leave, most of them of shops whose policy says how.
    pub fn cancel(&mut self, seed: u64) {
        let mut chance = Chance::new(seed ^ SALT);
        let (own, leaves) = (chance.percent(16), chance.percent(17));
        // What waits for the next bill and how trials end is walked nowhere else.
        let elsewhere = ["next-bill", "put-off", "trial-"].iter().any(|name| self.shop.policy.contains(name));
        if own && !elsewhere {
            let unpaid = chance.percent(50);
            let names = POLICIES.iter().filter(|(.., rules)| rules.contains("[dunning]") == unpaid);
            let names: Vec<&str> = names.map(|(name, ..)| *name).collect();
            (*chance.pick(&names)).clone_into(&mut self.shop.policy);
            if unpaid {
                self.pay_late_or_never(&mut chance);
            }
            if unpaid && chance.percent(60) {
                return;
            }
        } else if !leaves {
            return;
        }
        for _ in 0..chance.between(1, 3) {
            let place = if chance.percent(30) { 0 } else { chance.place(self.steps.len()) };
            let Step { at, subscription, .. } = self.steps[place];
            let at = plus_seconds(at, *chance.pick(&[0, 60, DAY, 3 * DAY, 6 * DAY, 12 * DAY]) * chance.below(2));
            if chance.percent(50) {
                self.leave_now(&mut chance, at, subscription);
            } else {
                self.leave_with_the_period(&mut chance, at, subscription);
            }
        }
    }

    /// Is not there to pay when a period is over, and uses it meanwhile.
    fn pay_late_or_never(&mut self, chance: &mut Chance) {
        let mut at = self.steps[chance.place(self.steps.len())].at;
        for days in [chance.between(5, 40), chance.between(1, 8), chance.between(6, 30), chance.between(1, 20)] {
            at = plus_seconds(at, days * DAY + chance.below(DAY));
            self.put(at, chance.place(2), Deed::Later);
            if chance.percent(60) {
                let meter = *chance.pick(&METERS);
                self.put(at, chance.place(2), Deed::Use { meter, units: chance.between(1, 30) });
            }
        }
    }

    fn put(&mut self, at: Timestamp, subscription: usize, deed: Deed) {
        let place = self.steps.partition_point(|step| step.at <= at);
        self.steps.insert(place, Step { at, subscription, deed });
    }

    /// Leaves at once, and comes back perhaps, and leaves again.
    fn leave_now(&mut self, chance: &mut Chance, at: Timestamp, subscription: usize) {
        let now = |chance: &mut Chance| Deed::Cancel { when: When::Now, staff: chance.percent(45) };
        self.put(at, subscription, now(chance));
        self.come_by(chance, at, subscription);
        let mut at = at;
        for _ in 0..chance.below(3) {
            at = plus_seconds(at, chance.below(3 * DAY));
            self.start_again(chance, at);
            at = plus_seconds(at, chance.below(9 * DAY));
            self.put(at, NEWEST, now(chance));
        }
    }

    fn start_again(&mut self, chance: &mut Chance, at: Timestamp) {
        let first = self.steps.iter().find_map(|step| match &step.deed {
            Deed::Start { .. } => Some(step.deed.clone()),
            _ => None,
        });
        let Some(Deed::Start { plan, cycle, options, .. }) = first else { return };
        let (starts, card) = (Clock::new(self.shop.customer).shows(at), chance.percent(30));
        self.put(at, 0, Deed::Start { plan, cycle, options, starts, card });
        if chance.percent(70) {
            self.put(at, 0, Deed::Transfer { back: Some(0), more: 0 });
        }
    }

    /// Leaves with the period, or thinks better of it.
    fn leave_with_the_period(&mut self, chance: &mut Chance, at: Timestamp, subscription: usize) {
        self.put(at, subscription, Deed::Cancel { when: When::PeriodEnd, staff: chance.percent(35) });
        self.come_by(chance, at, subscription);
        let then = plus_seconds(at, chance.below(14 * DAY));
        match chance.below(10) {
            0..=1 => self.put(then, subscription, Deed::Uncancel),
            2..=3 => {
                let plan = Some(chance.place(3));
                let other = Other { plan, tidy: true, staff: chance.percent(30), ..Other::default() };
                self.put(then, subscription, Deed::Submit { other: Some(other), card: chance.percent(35) });
            }
            4 => self.put(then, subscription, Deed::Cancel { when: When::Now, staff: chance.percent(50) }),
            5 => self.put(then, subscription, Deed::Renew { ahead: 1 }),
            _ => {}
        }
        let later = plus_seconds(at, chance.below(45 * DAY));
        self.put(later, subscription, if chance.percent(70) { Deed::Later } else { Deed::End });
        if chance.percent(40) {
            let at = plus_seconds(later, chance.below(DAY));
            self.start_again(chance, at);
        }
    }

    /// Comes by again with what was shown, sooner or later.
    fn come_by(&mut self, chance: &mut Chance, at: Timestamp, subscription: usize) {
        if chance.percent(25) {
            let at = plus_seconds(at, chance.below(2_400));
            self.put(at, subscription, Deed::CancelAgain);
        }
        if chance.percent(15) {
            self.put(at, subscription, Deed::Uncancel);
            self.put(at, subscription, Deed::CancelAgain);
        }
    }
}

/// An end as it was shown: what the bookkeeper counted, and what submits it.
#[derive(Clone)]
pub struct ShownEnd {
    subscription: usize,
    end: End,
    request: CancellationRequest,
    digest: String,
    summary: CancellationSummary,
}

impl Play<'_> {
    /// Quotes an end on both sides, and submits it.
    pub fn cancel(&mut self, now: Timestamp, at: usize, when: When, staff: bool) -> Result<(), String> {
        let asked_by = if staff { Asker::Staff } else { Asker::Customer };
        let request = CancellationRequest { subscription: self.ids.subscriptions[at], when, asked_by };
        let counted = self.book.quote_end(self.desk, now, at, when, staff);
        match (quote_cancellation(self.facts(), self.account(), &request, now), counted) {
            (Ok(quote), Ok(end)) => {
                ends(&self.ids, &quote, &end).map_err(|what| format!("the end of {at}, {what}"))?;
                let (digest, summary) = (quote.digest(), quote.summary());
                self.shown_end = Some(ShownEnd { subscription: at, end, request, digest, summary });
                self.cancel_again(now)
            }
            (Err(refusal), Err(code)) if refusal.code() == code => {
                let shown = Box::new(self.nothing(now, when));
                let command =
                    Command::CancelSubscription { request, quoted_at: now, digest: String::new(), shown, reason: None };
                self.run(now, command, |book, desk| book.quote_end(desk, now, at, when, staff).map(drop))
            }
            (engine, ours) => {
                let engine = engine.map(|quote| quote.total).map_err(|refusal| refusal.code());
                Err(format!("an end: the engine says {engine:?}, the bookkeeper {:?}", ours.map(|end| end.total)))
            }
        }
    }

    /// Submits the end that was shown last.
    pub fn cancel_again(&mut self, now: Timestamp) -> Result<(), String> {
        let Some(ShownEnd { subscription, end, request, digest, summary }) = self.shown_end.clone() else {
            return Ok(());
        };
        let (quoted_at, shown) = (end.at, Box::new(summary));
        let command = Command::CancelSubscription { request, quoted_at, digest, shown, reason: None };
        self.run(now, command, |book, desk| book.cancel(desk, now, subscription, &end))
    }

    pub fn end_due(&mut self, now: Timestamp, at: usize) -> Result<(), String> {
        let subscription = self.ids.subscriptions[at];
        self.run(now, Command::EndSubscription { subscription }, |book, desk| book.end_due(desk, now, at))
    }

    /// What cannot be had was shown to nobody.
    fn nothing(&self, now: Timestamp, when: When) -> CancellationSummary {
        let nothing = self.desk.shop.money(0);
        CancellationSummary {
            when,
            ends_at: now,
            credit: nothing,
            debt_released: nothing,
            total: nothing,
            due: nothing,
            to_balance: nothing,
            catalogue_version: 1,
        }
    }
}

/// The quote of an end, line by line.
fn ends(ids: &Ids, engine: &CancellationQuote, ours: &End) -> Result<(), String> {
    let Why::Asked { when, staff } = ours.why else { unreachable!("nobody is shown another end") };
    same!("who asks", engine.asked_by, Some(if staff { Asker::Staff } else { Asker::Customer }));
    let ends_at = if when == When::Now { ours.at } else { ours.until };
    same!("the moment", (engine.at, engine.when, engine.ends_at), (ours.at, when, ends_at));
    same!("when it expires", engine.expires_at, ours.expires);
    same!("does all go back", (engine.all_back, engine.released), (ours.whole, false));
    let spans = engine.credits.iter().map(|line| (line.span.from, line.span.until)).collect::<Vec<_>>();
    same!(
        "the times of what goes back",
        spans,
        ours.given.iter().map(|line| (line.from, line.until)).collect::<Vec<_>>()
    );
    for (line, given) in engine.credits.iter().zip(&ours.given) {
        same!("the piece of a credit", ids.pieces[&line.segment].1, given.piece);
        let money = [line.amount, line.tax, line.collected, line.gross].map(|money| money.minor);
        same!("a credit", money, [given.amount, given.tax, given.collected(), given.gross]);
    }
    let used = engine.used.iter().map(|line| (line.amount.minor, line.tax.minor)).collect::<Vec<_>>();
    same!("what was used", used, ours.used.iter().map(|line| (line.amount, line.tax)).collect::<Vec<_>>());
    let waited = engine.waiting.iter().map(|line| (line.amount.minor, line.tax.minor)).collect::<Vec<_>>();
    same!("what waited", waited, ours.waited.iter().map(|line| (line.amount, line.tax)).collect::<Vec<_>>());
    let sums = [
        ("credit", engine.credit, ours.given.iter().map(|line| line.returned()).sum()),
        ("debt released", engine.debt_released, ours.debt_released),
        ("tax", engine.tax, ours.tax),
        ("total", engine.total, ours.total),
        ("from balance", engine.from_balance, ours.from_balance),
        ("due", engine.due, ours.total.max(0) - ours.from_balance),
        ("to balance", engine.to_balance, (-ours.total).max(0)),
    ];
    for (what, engine, ours) in sums {
        same!(what, engine.minor, ours);
    }
    same!("the credits that are lost", engine.credits_lost, ours.lost);
    same!("is a change taken back", engine.withdraws.is_some(), ours.takes_back.is_some());
    Ok(())
}

/// What the engine keeps of an end, and of what it promised.
pub fn compare(engine: &EngineSubscription, ours: &Subscription, now: Timestamp) -> Result<(), String> {
    let stands = (engine.scheduled_end().is_some(), engine.has_ended());
    same!("is it to end, and has it", stands, (ours.leaves, ours.has_ended()));
    let promise = ours.promise.filter(|promise| !promise.denied && !promise.over).map(|promise| promise.until);
    let still = |until: Option<Timestamp>| until.filter(|until| now < *until);
    same!("until when all can go back", still(engine.full_refund_until), still(promise));
    Ok(())
}

/// What was seen of ends, by these names.
#[derive(Debug, Clone, Default)]
pub struct Seen([u64; 15]);

const SEEN: [&str; 15] = [
    "now by customers",
    "now by staff",
    "to end with the period",
    "taken back",
    "given up for a change",
    "over with the period",
    "unpaid",
    "unpaid with a debt released",
    "with all of it back",
    "not with all of it back again",
    "started again after it",
    "with money back",
    "with a last bill",
    "with a debt taken off",
    "with a change taken back",
];

impl Seen {
    /// How often the least of it was seen.
    pub fn least(&self) -> u64 {
        self.0.into_iter().min().unwrap_or(0)
    }

    pub fn merge(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(known, more)| *known += more);
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen: Vec<String> = SEEN.iter().zip(self.0).map(|(name, count)| format!("{count} {name}")).collect();
        write!(f, "ended: {}", seen.join(", "))
    }
}

/// Counts what a command did.
pub fn count(seen: &mut Seen, name: &str, before: &Book, after: &Book) {
    let had_one = before.subscriptions.iter().any(Subscription::has_ended);
    let mut see = |place: usize, happened: bool| seen.0[place] += u64::from(happened);
    see(10, had_one && after.subscriptions.len() > before.subscriptions.len());
    for (had, has) in before.subscriptions.iter().zip(&after.subscriptions) {
        see(2, !had.leaves && has.leaves);
        let stays = had.leaves && !has.leaves && !has.has_ended();
        see(3, stays && name == "uncancel_subscription");
        see(4, stays && name == "submit_plan_change");
        let Some(end) = has.last.as_ref().filter(|_| !had.has_ended()) else { continue };
        see(0, end.why == Why::Asked { when: When::Now, staff: false });
        see(1, end.why == Why::Asked { when: When::Now, staff: true });
        see(5, end.why == Why::Over);
        see(6, end.why == Why::Unpaid { released: false });
        see(7, end.why == Why::Unpaid { released: true } && end.debt_released > 0);
        see(8, end.whole && end.given.iter().any(|line| line.amount > 0));
        see(9, end.was_had && had.has_more_than(end));
        see(11, end.total < 0);
        see(12, end.total > 0);
        see(13, end.debt_released > 0);
        see(14, end.takes_back.is_some());
    }
}

impl Subscription {
    /// Is less given back than all that was billed for the present period?
    fn has_more_than(&self, end: &End) -> bool {
        let of_period = self.pieces.iter().filter(|piece| piece.from >= self.from);
        end.given.iter().map(|line| line.amount).sum::<i64>() < of_period.map(|piece| piece.net).sum()
    }
}
