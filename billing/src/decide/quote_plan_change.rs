//! Quote a plan change: a diff of the whole basket, and a re-tiling of coverage from the cut. Nothing is stored.
//! `submit_plan_change` calls the same function and compares digests, so a preview cannot drift from a charge.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};

use super::Facts;
use super::check_options::check_options;
use super::chosen_day::{account_on, chosen_day};
use super::direction_by_price::direction_by_price;
use super::full_refund::promised;
use super::issue_invoice::DAYS_TO_PAY;
use super::put_off::{Net, settlement};
use super::retile::{Retiling, Target};
use super::trial::{ends_trial, keeps_trial};
use crate::account::{Account, Attempt, Subscription};
use crate::calendar::{Anchor, BillDay, Span};
use crate::catalogue::{Basket, Billed, Choice, Plan, Price, Product, price_in};
use crate::command::Asker;
use crate::coverage::Segment;
use crate::document::{DocumentLine, Invoice};
use crate::first_period::{FirstPeriod, Full, NextPeriod};
use crate::money::{Currency, Money, sum};
use crate::name::{Name, Named};
use crate::one_time::OneTimeLine;
use crate::policy::{AnchorOnChange, CycleChange, FreeToPaid, Gate, Pending, Phase, Policy, Situation, Terms, When};
use crate::proration::{Counting, tells_two};
use crate::quote::{ChargeLine, ChosenDay, CreditLine, Direction, PlanChangeRequest, Quote, Settlement};
use crate::refusal::Refusal;
use crate::share::Rounding;
use crate::usage;

/// Counts a plan change at an instant, or says why it cannot be had.
///
/// The credit of every segment that is cut comes from what was billed and collected for the time given back (N2), the
/// charge from the price of the target in `facts`. The same arguments give the same quote, and so the same digest.
pub fn quote_plan_change(
    facts: Facts<'_>,
    account: &Account,
    request: &PlanChangeRequest,
    at: Timestamp,
) -> Result<Quote, Refusal> {
    let unknown = Refusal::UnknownSubscription(request.subscription);
    let subscription = account.subscription(request.subscription).ok_or(unknown)?;
    if !subscription.service.access.is_full() {
        return Err(match subscription.has_ended() {
            true => Refusal::SubscriptionEnded(subscription.id),
            false => Refusal::AccessRestricted(subscription.id),
        });
    }
    let product = product_of(facts, &subscription.product)?;
    let policy = policy_of(facts, product)?;
    let before = subscription.basket();
    let after = cleaned(&request.basket);
    let by_price = direction_by_price(policy.terms.direction_by, subscription, product, &after, account.currency);
    let direction = by_price.unwrap_or_else(|| direction(product, &before, &after));
    let terms = policy.terms_for(&situation(account, subscription, &after, direction, request));
    check_moment(account, subscription, terms, at)?;
    let target = check_target(product, &before, &after, request.asked_by)?;
    let on = chosen_day(account, subscription, terms, request, at)?;
    // A change on a chosen day is counted as one that is made when the day begins.
    let (asked_at, at) = (at, on.map_or(at, |day| day.from));
    let then = on.map(|day| account_on(account, day));
    let account = then.as_ref().unwrap_or(account);
    let subscription =
        account.subscription(request.subscription).ok_or(Refusal::UnknownSubscription(request.subscription))?;

    let counting = Counting {
        policy: &policy.reference,
        terms,
        zone: terms.day_zone.of(&account.zone, &facts.catalogue.zone),
        price_rounding: policy.terms.rounding,
    };
    let when = when(request, terms)?;
    let place = Placing { account, subscription, counting, at, when };
    let (mut anchor, mut period) = place.period_after(&after, target.plan)?;
    let full = place.full_period_after(&anchor, period);
    let catalogue = facts.catalogue;
    let retiling = Retiling {
        account,
        subscription,
        catalogue,
        product,
        counting,
        at,
        after: &after,
        target: &target,
        period,
        full,
        when,
    };
    let mut placed = retiling.placed();
    let cutting = retiling.cutting();
    let (credits, mut charges, mut once) = retiling.lines(&cutting, &mut placed)?;
    let extension = retiling.extend_by_value(&credits, &mut charges).map(|extended| {
        (anchor, period) = (extended.anchor, extended.period);
        retiling.tax_once_alone(&mut once);
        extended.extension
    });

    let first_period = terms.bill_day.and_then(|_| place.first_period_after(&anchor, period, full));

    let keeps_trial = retiling.keeps_trial();
    let of_trial = || once.iter().take_while(|line| line.is_of_trial()).count();
    let once_now = if when == When::PeriodEnd || keeps_trial { &once[..of_trial()] } else { &once };
    let Totals { charge, credit, charge_tax, credit_tax, charged, given_back, debt_released, lines } =
        Totals::of(account.currency, &credits, &charges, once_now);
    let own = charged - given_back;
    // What stays as it was sold stays billed as it was.
    let keeps_plan = retiling.keeps_plan(&placed);
    let billed = if keeps_plan { subscription.billed } else { target.plan.billed };
    let meters = if keeps_plan {
        usage::prices(&subscription.usage).cloned().collect()
    } else {
        product.meters_of(target.plan, after.cycle, account.currency)
    };
    let ends_trial = ends_trial(subscription, terms, when);
    let (credits_after, credits_count) = retiling.credits_after(&cutting);
    // A trial is no period that is billed when it is over: what it costs is asked for at once.
    let bills = if keeps_trial { Billed::Advance } else { billed };
    let (settlement, waiting) =
        settlement(subscription, terms, &Net { when, period, ends_trial, billed: bills, lines, total: own, charged });
    let taken_in = |of: fn(&DocumentLine) -> Money| sum(account.currency, waiting.iter().map(of));
    let nothing = account.nothing();
    let (on_paper, to_wait) = match settlement {
        Settlement::Now => ([charge, charge_tax, own], nothing),
        Settlement::NextInvoice => ([charge, charge_tax, own], own),
        Settlement::ChargeWaits => ([nothing, nothing, -given_back], charged),
    };
    let [charge_on_paper, charge_tax, own] = on_paper;
    let total = own + taken_in(DocumentLine::payable);
    let settled = if settlement.is_later() { nothing } else { total };
    let waits = subscription.waiting_payable() - taken_in(DocumentLine::payable) + to_wait;
    // What will be free on a later day, nobody knows.
    let free = if on.is_some() { nothing } else { free_balance(account, subscription) };
    let from_balance = settled.or_zero().min(free);
    let size_after = target.plan.size_with(&target.options);
    let size_before = subscription.service.desired.clone();
    let was_free = || subscription.is_free() || ends_trial;
    let promises = policy.cancellation.full_refund_days.is_some() && subscription.full_refund_until.is_none();
    let is_first = promises && when == When::Now && !keeps_trial && charge.is_positive() && was_free();
    let full_refund_until =
        is_first.then(|| promised(account, policy, &subscription.product, period.from.max(at))).flatten();
    let restart = if size_after == size_before { None } else { product.restart };
    Ok(Quote {
        account: account.id,
        subscription: subscription.id,
        asked_by: request.asked_by,
        at: asked_at,
        when,
        on,
        gate: terms.gate,
        on_failure: terms.on_failure,
        expires_at: on.map_or_else(|| place.expires_at(cutting.today), |day| place.expires_before(asked_at, day)),
        pay_by: place.pay_by(&credits),
        plan_before: subscription.plan().text.clone(),
        plan_after: target.plan.name.clone(),
        direction,
        policy: policy.reference(),
        catalogue_version: facts.catalogue.version,
        next_invoice_on: account.zone.date(if when == When::Now { period.until } else { period.from }),
        anchor,
        period,
        trial_until: subscription.trial_until.map(|until| if ends_trial { period.from } else { until }),
        extension,
        recurring_before: subscription.recurring_rounded(policy.terms.rounding),
        recurring_after: retiling.recurring_after(&placed, &charges, policy.terms.rounding),
        first_period: first_period.map(|first| first.costs(facts, account, policy, &retiling.sold(&placed, &charges))),
        credits_before: subscription.credits,
        credits_after,
        credits_count: credits_count.map(Box::new),
        debt_released,
        before,
        after,
        credit,
        charge,
        net: charge_on_paper - credit + taken_in(|line| line.amount),
        tax: charge_tax - credit_tax + taken_in(|line| line.tax),
        total,
        from_balance,
        due: settled.or_zero() - from_balance,
        to_balance: (-settled).or_zero(),
        billed,
        full_refund_until,
        uncancels: subscription.cancellation.is_some(),
        settlement,
        waiting,
        waits: Some(waits).filter(|waits| !waits.is_zero()),
        meters,
        credits,
        charges,
        once,
        size_before,
        size_after,
        restart,
    })
}

/// The change as the rules of a policy see it.
fn situation<'a>(
    account: &Account,
    subscription: &'a Subscription,
    after: &'a Basket,
    direction: Direction,
    request: &PlanChangeRequest,
) -> Situation<'a> {
    let owes = |segment: &Segment| {
        let bill = segment.document.and_then(|document| account.invoice(document));
        segment.span.until == subscription.period.until && bill.is_some_and(Invoice::is_open)
    };
    let phase = if subscription.is_in_trial() {
        Phase::Trial
    } else if subscription.is_free() {
        Phase::Free
    } else if subscription.coverage.iter().any(owes) {
        Phase::Unpaid
    } else {
        Phase::Paid
    };
    Situation {
        from: &subscription.plan().code,
        to: &after.plan,
        cycle: CycleChange::between(subscription.anchor.cycle, after.cycle),
        direction,
        phase,
        asked_by: request.asked_by,
    }
}

/// Now or with the next period, or now that is the start of a chosen day: as the policy says, or as the customer likes
/// where the policy lets them choose (T3).
fn when(request: &PlanChangeRequest, terms: &Terms) -> Result<When, Refusal> {
    match request.when {
        _ if request.on.is_some() => Ok(When::Now),
        Some(when) if when != terms.when && !terms.choose_when => Err(Refusal::WhenNotOffered(terms.when)),
        chosen => Ok(chosen.unwrap_or(terms.when)),
    }
}

/// What of the balance is free for a change: also what an open change, whose place it would take, has set aside.
pub(super) fn free_balance(account: &Account, subscription: &Subscription) -> Money {
    let open = subscription.change.as_ref().filter(|change| change.awaits_payment());
    let invoice = open.and_then(|change| change.document).and_then(|document| account.invoice(document));
    account.balance + invoice.map_or(account.nothing(), |invoice| invoice.from_balance)
}

/// One plan as a customer may choose it, or why not.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What it costs per cycle, where it has a price.
    pub price: Option<Money>,
    /// What moving there means, or why it cannot be had.
    pub quote: Result<Quote, Refusal>,
}

/// Every plan of the subscription's product, smallest first, with the cycle and options of a basket: what each would
/// cost, or the reason why it cannot be had. Retired plans are left out, except the one the subscription has.
pub fn permitted_plans<'a>(
    facts: Facts<'a>,
    account: &Account,
    request: &PlanChangeRequest,
    at: Timestamp,
) -> Result<Vec<Offer<'a>>, Refusal> {
    let unknown = Refusal::UnknownSubscription(request.subscription);
    let subscription = account.subscription(request.subscription).ok_or(unknown)?;
    let product = product_of(facts, &subscription.product)?;
    let present = &subscription.plan().code;
    let plans = product.plans.iter().filter(|plan| !plan.retired || plan.code == *present);
    Ok(plans
        .map(|plan| {
            let basket = Basket { plan: plan.code.clone(), ..request.basket.clone() };
            let price = price_in(&plan.prices, &plan.code, basket.cycle, account.currency);
            let price = price.map(|price| price.times(1).net(Rounding::HalfAway));
            let quote = quote_plan_change(facts, account, &PlanChangeRequest { basket, ..request.clone() }, at);
            Offer { plan, price, quote }
        })
        .collect())
}

/// The product of this code.
pub(super) fn product_of<'a>(facts: Facts<'a>, code: &str) -> Result<&'a Product, Refusal> {
    facts.catalogue.product(code).ok_or_else(|| Refusal::UnknownProduct(code.to_owned()))
}

/// The newest version of a product's policy.
pub(super) fn policy_of<'a>(facts: Facts<'a>, product: &Product) -> Result<&'a Policy, Refusal> {
    facts
        .catalogue
        .policy(&product.policy, facts.policies)
        .ok_or_else(|| Refusal::UnknownPolicy(product.policy.clone()))
}

/// The price of a plan or option for a cycle in a currency; a missing price is a refusal, never zero (M09).
#[inline]
pub(super) fn priced<'a>(
    prices: &'a [Price],
    code: &Name,
    basket: &Basket,
    currency: Currency,
) -> Result<&'a Price, Refusal> {
    let missing = || Refusal::NoPrice { code: code.clone(), cycle: basket.cycle, currency };
    price_in(prices, &basket.plan, basket.cycle, currency).ok_or_else(missing)
}

/// A basket without options of quantity 0.
pub(super) fn cleaned(basket: &Basket) -> Basket {
    let mut basket = basket.clone();
    basket.options.retain(|_, quantity| *quantity > 0);
    basket
}

fn check_moment(account: &Account, subscription: &Subscription, terms: &Terms, at: Timestamp) -> Result<(), Refusal> {
    if let Some(change) = subscription.change.as_ref().filter(|change| change.is_open()) {
        if terms.pending == Pending::Refuse {
            return Err(Refusal::ChangeOpen(change.id));
        }
        let pays = |attempt: &Attempt| Some(attempt.invoice) == change.document && attempt.state.is_running();
        if account.attempts.iter().any(pays) {
            return Err(Refusal::ChangeBeingPaid(change.id));
        }
    }
    check_period(subscription, at)?;
    match subscription.scheduled_end() {
        Some(end) if terms.pending == Pending::Refuse => Err(Refusal::SubscriptionCancelled(end.quote.ends_at)),
        _ => Ok(()),
    }
}

/// Refuses what has ended.
pub(super) fn check_goes_on(subscription: &Subscription) -> Result<(), Refusal> {
    if subscription.has_ended() { Err(Refusal::SubscriptionEnded(subscription.id)) } else { Ok(()) }
}

/// Refuses a moment before the first period, and one after the present period: the renewal comes first.
pub(super) fn check_period(subscription: &Subscription, at: Timestamp) -> Result<(), Refusal> {
    if at < subscription.period.from && subscription.period_ordinal() == 0 {
        return Err(Refusal::NotStarted(subscription.period.from));
    }
    if at >= subscription.period.until {
        return Err(Refusal::PeriodOver(subscription.period.until));
    }
    Ok(())
}

/// The target of a change, as the product sells it, or why it cannot be had.
fn check_target<'a>(
    product: &'a Product,
    before: &Basket,
    after: &Basket,
    asked_by: Asker,
) -> Result<Target<'a>, Refusal> {
    let plan = product.plan(&after.plan).ok_or_else(|| Refusal::UnknownPlan(after.plan.clone()))?;
    let options = check_options(product, after)?;
    if before == after {
        return Err(Refusal::SamePlan);
    }
    if plan.retired && before.plan != after.plan {
        return Err(Refusal::PlanRetired(after.plan.clone()));
    }
    let listed = product.plan(&before.plan).and_then(|plan| plan.change_to.as_ref());
    let open = before.plan == after.plan || listed.is_none_or(|plans| plans.contains(&after.plan));
    if asked_by == Asker::Customer && !(open && product.customers_may_change) {
        return Err(Refusal::NotPermitted { from: before.plan.clone(), to: after.plan.clone() });
    }
    Ok(Target { plan, options })
}

/// The order of plans decides, then the length of the cycle, then the options; never the amount of money.
fn direction(product: &Product, before: &Basket, after: &Basket) -> Direction {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let plans = product.rank(&after.plan).cmp(&product.rank(&before.plan));
    let cycles = after.cycle.nominal_days().cmp(&before.cycle.nominal_days());
    match plans.then(cycles) {
        Greater => return Direction::Upgrade,
        Less => return Direction::Downgrade,
        Equal => {}
    }
    // What stays the same has no direction.
    let changed = differences(&before.options, &after.options).filter(|(_, before, after)| before != after);
    let grouped = product.options.iter().any(|option| option.group.is_some());
    let options = changed.map(|(code, had, has)| {
        let group = grouped.then(|| product.option(code)).flatten().and_then(|option| option.group.as_deref());
        group.map_or_else(
            || has.cmp(&had),
            |group| place_in(product, group, after).cmp(&place_in(product, group, before)),
        )
    });
    let options = options.fold((false, false), |(up, down), order| (up || order == Greater, down || order == Less));
    match options {
        (true, false) => Direction::Upgrade,
        (false, true) => Direction::Downgrade,
        _ => Direction::Change,
    }
}

/// Every option of two baskets with its quantity in each.
fn differences<'a>(before: &'a Named<u32>, after: &'a Named<u32>) -> impl Iterator<Item = (&'a Name, u32, u32)> {
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    std::iter::from_fn(move || {
        let order = match (before.peek(), after.peek()) {
            (Some((old, _)), Some((new, _))) if old == new => Ordering::Equal,
            (Some((old, _)), Some((new, _))) => old.cmp(new),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let old = if order == Ordering::Greater { None } else { before.next() };
        let new = if order == Ordering::Less { None } else { after.next() };
        let quantity = |option: Option<(&Name, &u32)>| option.map_or(0, |(_, quantity)| *quantity);
        Some((old.or(new)?.0, quantity(old), quantity(new)))
    })
}

/// The place of a basket's choice among several, in their order of size; 0 where it has none of them.
fn place_in(product: &Product, group: &str, basket: &Basket) -> usize {
    let has = |option: &Choice| basket.options.get(&option.code).is_some_and(|quantity| *quantity > 0);
    let mut of_group = product.options.iter().filter(|option| option.group.as_deref() == Some(group));
    of_group.position(has).map_or(0, |place| place + 1)
}

/// What the lines of a quote add up to; credits count as far as they were paid or wait for the next invoice.
struct Totals {
    charge: Money,
    credit: Money,
    charge_tax: Money,
    credit_tax: Money,
    charged: Money,
    given_back: Money,
    debt_released: Money,
    /// The lines that are more than nothing.
    lines: usize,
}

impl Totals {
    fn of(currency: Currency, credits: &[CreditLine], charges: &[ChargeLine], once: &[OneTimeLine]) -> Self {
        let nothing = Money::zero(currency);
        let (mut credit, mut credit_tax, mut given_back, mut owed) = (nothing, nothing, nothing, nothing);
        let (mut charge, mut charge_tax, mut charged, mut lines) = (nothing, nothing, nothing, 0);
        for line in credits {
            let (returned, tax) = line.returned_with_tax();
            credit += returned;
            credit_tax += tax;
            given_back += line.given_back();
            owed += line.payable();
            lines += usize::from(!returned.is_zero());
        }
        for line in charges {
            charge += line.amount;
            charge_tax += line.tax;
            charged += line.payable();
            lines += usize::from(!line.amount.is_zero());
        }
        for line in once {
            charge += line.amount;
            charge_tax += line.tax;
            charged += line.payable();
            lines += usize::from(!line.amount.is_zero());
        }
        let debt_released = owed - given_back;
        Self { charge, credit, charge_tax, credit_tax, charged, given_back, debt_released, lines }
    }
}

/// Where a change puts the periods.
struct Placing<'a> {
    account: &'a Account,
    subscription: &'a Subscription,
    counting: Counting<'a>,
    at: Timestamp,
    when: When,
}

impl Placing<'_> {
    /// The anchor and period after the change: the same, unless the terms let a new period begin with it or another
    /// cycle begins where this period ends.
    fn period_after(&self, after: &Basket, plan: &Plan) -> Result<(Anchor, Span), Refusal> {
        let (subscription, zone, terms) = (self.subscription, &self.account.zone, self.counting.terms);
        let cycle_changes = after.cycle != subscription.anchor.cycle;
        let ends = || zone.local(subscription.period.until);
        let next = || FirstPeriod::new(terms, ends(), after.cycle, zone);
        if self.when == When::PeriodEnd {
            if cycle_changes || (subscription.is_in_trial() && terms.bill_day.is_some()) {
                let FirstPeriod { anchor, period, .. } = next();
                return Ok((anchor, period));
            }
            let anchor = subscription.anchor.clone();
            let period = anchor.period(subscription.period_no + 1, zone);
            return Ok((anchor, period));
        }
        if keeps_trial(subscription, terms, self.when) {
            // The first period begins where the trial ends, whatever the basket is then, and is placed when it does.
            let after_trial = || Anchor { start: ends(), cycle: after.cycle };
            let anchor = if cycle_changes { after_trial() } else { subscription.anchor.clone() };
            return Ok((anchor, subscription.period));
        }
        // Bought days that are more than a cycle are the rest of none, and no part of one can be charged for them.
        // Nor can two full periods be told from one by a rule for months of few days.
        let full = subscription.full(zone);
        let is_long =
            subscription.period.from < full.span.from || (full.joint.is_some() && !tells_two(terms.denominator));
        // A date that is kept is one of the bill days; from any other the first period of the new cycle leads to one.
        let leads = |day: BillDay| after.cycle.is_of_months() && !day.begins_at(ends());
        let restarts = match terms.anchor {
            AnchorOnChange::Keep => is_long || (cycle_changes && terms.bill_day.is_some_and(leads)),
            AnchorOnChange::Restart | AnchorOnChange::Extend => true,
            AnchorOnChange::RestartOnCycleChange => cycle_changes || is_long,
        };
        if restarts || ends_trial(subscription, terms, self.when) || self.leaves_free(after, plan)? {
            // A day of another zone may have begun before the period that the change ends.
            let Span { from: earliest, until: latest } = subscription.period;
            let from = self.counting.cut(terms.charge_from, self.at).clamp(earliest, latest);
            let FirstPeriod { anchor, period, .. } = FirstPeriod::new(terms, zone.local(from), after.cycle, zone);
            return Ok((anchor, Span { from, ..period }));
        }
        if !cycle_changes {
            return Ok((subscription.anchor.clone(), subscription.period));
        }
        // Of a cycle shorter than what is left, the first of its dates before that end comes first.
        let FirstPeriod { anchor: next, .. } = next();
        // A day of another zone may have begun before the present period, where a period would end before it begins.
        let start = self.counting.cut(terms.charge_from, self.at).max(subscription.period.from);
        let number = next.number_before(|boundary| zone.instant(boundary) <= start);
        let until = zone.instant(next.boundary(number + 1));
        // The present period goes on where a full one of the new cycle reaches back to its start.
        let goes_on = zone.instant(next.boundary(number)) <= subscription.period.from;
        let from = if goes_on { subscription.period.from } else { start };
        Ok((next, Span { from, until }))
    }

    fn leaves_free(&self, after: &Basket, plan: &Plan) -> Result<bool, Refusal> {
        let asks = self.counting.terms.free_to_paid == FreeToPaid::Restart;
        if !asks || !self.subscription.is_free() {
            return Ok(false);
        }
        Ok(!priced(&plan.prices, &plan.code, after, self.account.currency)?.amount.is_zero())
    }

    /// The full period of the anchor afterwards that the period is, or is the rest of.
    fn full_period_after(&self, anchor: &Anchor, period: Span) -> Full {
        let zone = &self.account.zone;
        if *anchor == self.subscription.anchor && period == self.subscription.period {
            return self.subscription.full(zone);
        }
        let Some(number) = anchor.rest_before(period, zone) else { return Full::one(period) };
        // Of a trial that is kept nothing is counted.
        let joins = !keeps_trial(self.subscription, self.counting.terms, self.when);
        Full::ending(anchor, number, period.from, joins, zone)
    }

    /// The period that the next invoice is for, where that is a part of a full one: it leads to a bill day after a trial, or
    /// with the change itself.
    fn first_period_after(&self, anchor: &Anchor, period: Span, full: Full) -> Option<NextPeriod> {
        let keeps = keeps_trial(self.subscription, self.counting.terms, self.when);
        let next = match self.when {
            When::PeriodEnd => Some(NextPeriod { period, full }),
            When::Now => keeps.then(|| NextPeriod::after_trial(self.counting.terms, anchor, &self.account.zone)),
        };
        next.filter(|next| next.is_part())
    }

    /// A quote can be submitted for some minutes, never past the period's end and, where days are counted, never past
    /// midnight: then other days count.
    fn expires_at(&self, today: Option<i64>) -> Timestamp {
        let minutes = SignedDuration::from_mins(self.counting.terms.quote_minutes.into());
        let latest = plus(self.at, minutes).min(self.subscription.period.until);
        match today {
            Some(today) if self.counting.zone.day(latest) != today => {
                latest.min(self.counting.zone.start_of_next_day(self.at))
            }
            _ => latest,
        }
    }

    /// Days are counted from the chosen one, whatever day it is submitted on before.
    fn expires_before(&self, asked_at: Timestamp, day: ChosenDay) -> Timestamp {
        plus(asked_at, SignedDuration::from_mins(self.counting.terms.quote_minutes.into())).min(day.from)
    }

    /// Until when it is to be paid: before it lapses, or, where it is made at once, as any invoice. It lapses with the
    /// first coverage that it would give back and that is over.
    fn pay_by(&self, credits: &[CreditLine]) -> Timestamp {
        let terms = self.counting.terms;
        match terms.gate {
            Gate::Paid => {
                let hours = SignedDuration::from_hours(terms.payment_hours.into());
                let latest = plus(self.at, hours).min(self.subscription.period.until);
                credits.iter().map(|line| line.span.until).fold(latest, Timestamp::min)
            }
            Gate::None => plus(self.at, SignedDuration::from_hours(24 * DAYS_TO_PAY)),
        }
    }
}

fn plus(at: Timestamp, duration: SignedDuration) -> Timestamp {
    at.checked_add(duration).expect("an instant inside the supported range")
}
