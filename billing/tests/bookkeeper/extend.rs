//! What is left of the old basket turned into days of the new one, by walking them: a day after another is paid for until
//! the next one cannot be, and one more is begun where a minor unit is left for every line that was rounded.

use jiff::Timestamp;

use billing::calendar::{Cycle, CycleUnit};
use billing::policy::{AnchorOnChange, ClawBack, When};

use crate::bill_day::Since;
use crate::book::{Piece, payable};
use crate::change::{Counting, Given, Laid, Placed};
use crate::days::cycles_after;
use crate::fraction::Fraction;
use crate::tax::{shared_out, within};

/// More days than this are not bought.
const TEN_YEARS: i64 = 3_653;

/// Of days that were bought: how many make a full cycle, and from where those of other cycles are counted.
pub type Bought = (i64, Timestamp);

impl Counting<'_> {
    pub fn extends(&self) -> bool {
        self.when == When::Now && self.measure.terms.anchor == AnchorOnChange::Extend && !self.stays_in_trial()
    }

    /// Lets what is given back buy days: what is laid is as long, and costs as much.
    pub fn extend(&self, placed: &mut Placed, given: &[Given], laid: &mut [Laid]) -> Option<Bought> {
        // What waits for the next bill is settled with the period that begins.
        if !self.extends() || !self.subscription.put_off.is_empty() {
            return None;
        }
        let mode = self.measure.terms.rounding;
        let (value, tax) = self.value(given);
        let nets: Vec<i64> = laid.iter().map(|line| line.wanted.price().net(self.measure.own)).collect();
        let price: i64 = nets.iter().sum();
        let lines = given.iter().filter(|line| line.returned() != 0).count();
        let bought = self.counts_by();
        let days = days_of(value, price, bought.0, i64::try_from(lines).expect("few lines"))?;

        let clock = &self.desk.customer;
        let from = self.first_day(placed, laid);
        let day = Cycle { count: 1, unit: CycleUnit::Day };
        let start = cycles_after(clock.shows(from), day, days);
        placed.since = Since::moment(start);
        (placed.number, placed.from, placed.until) = (-1, from, clock.when(start));
        // Lines next to one another: each takes what they have taken together, rounded, less what was taken before.
        let up_to = |upto: i64| Fraction::new(i128::from(value) * i128::from(upto), price.into()).round(mode);
        let mut before = 0;
        for (line, net) in laid.iter_mut().zip(&nets) {
            line.amount = up_to(before + net) - up_to(before);
            before += net;
            let list = line.wanted.price().list;
            let (part, whole) = if *net > 0 { (line.amount, *net) } else { (days, bought.0) };
            line.gross = Fraction::new(i128::from(list) * i128::from(part), whole.into()).round(mode).max(line.amount);
            line.shares = self.is_covered_at(line, from);
            (line.from, line.until, line.exact, line.above) = (from, placed.until, false, Fraction::whole(0));
        }
        let amounts: Vec<i64> = laid.iter().map(|line| line.amount).collect();
        for (line, tax) in laid.iter_mut().zip(shared_out(tax, &amounts)) {
            (line.tax, line.tax_of) = (tax, self.list.tax);
        }
        Some(bought)
    }

    /// What was paid and is given back, and the tax of it; of another rate, the same money at the rate of today.
    fn value(&self, given: &[Given]) -> (i64, i64) {
        let paid: Vec<&Given> = given.iter().filter(|line| line.returned() != 0).collect();
        if paid.iter().all(|line| line.tax_of == self.list.tax) {
            return (paid.iter().map(|line| line.amount).sum(), paid.iter().map(|line| line.tax).sum());
        }
        let all: i64 = paid.iter().map(|line| payable(line.amount, line.tax, line.tax_of)).sum();
        match self.list.tax {
            None => (all, 0),
            Some(tax_of) => {
                let tax = within(all, tax_of, self.measure.terms.rounding);
                (if tax_of.included { all } else { all - tax }, tax)
            }
        }
    }

    /// A cycle has as many days as it has in the period that what is left was billed in.
    fn counts_by(&self) -> Bought {
        let (subscription, clock) = (self.subscription, &self.desk.customer);
        let mut pieces =
            subscription.pieces.iter().filter(|piece| piece.from >= subscription.from && !piece.is_empty());
        let present = pieces.find_map(|piece| piece.bought.filter(|_| piece.until == subscription.until));
        let full_from = subscription.full_from(clock);
        let since = present.map_or(full_from, |(_, since)| since);
        let stays = subscription.cycle == self.wish.cycle;
        let days = match present {
            Some((days, _)) if stays => days,
            None if stays => self.measure.clock.days(full_from, subscription.until),
            _ => {
                let end = clock.when(cycles_after(clock.shows(since), self.wish.cycle, 1));
                self.measure.clock.days(since, end)
            }
        };
        (days.max(1), since)
    }

    /// The day of the change, unless the very same is paid for on it already.
    fn first_day(&self, placed: &Placed, laid: &[Laid]) -> Timestamp {
        let mut first: Option<Timestamp> = None;
        for line in laid {
            let same = self.pieces_at(line, placed.from).filter(|(piece, _)| piece.price == line.wanted.price());
            let Some(end) = same.map(|(_, end)| end).min() else { return placed.from };
            first = Some(first.map_or(end, |first| first.min(end)));
        }
        first.unwrap_or(placed.from)
    }

    fn is_covered_at(&self, line: &Laid, at: Timestamp) -> bool {
        self.pieces_at(line, at).next().is_some()
    }

    /// What is left after the cut of pieces of the item of a line, where that covers an instant, and until when.
    fn pieces_at(&self, line: &Laid, at: Timestamp) -> impl Iterator<Item = (&Piece, Timestamp)> {
        let item = line.item;
        let of_item =
            self.subscription.pieces.iter().filter(move |piece| Some(piece.item) == item && !piece.is_empty());
        let ends = of_item.map(move |piece| (piece, self.end_of(piece, Timestamp::MAX)));
        ends.filter(move |(piece, end)| piece.from <= at && at < *end)
    }

    /// What the days of a bought piece cost that were used.
    pub fn used_of_bought(&self, piece: &Piece, days: i64, end: Timestamp) -> i64 {
        let terms = self.measure.terms;
        let used = self.measure.clock.days(piece.from, end);
        let by_day =
            |price: i64| Fraction::new(i128::from(price) * i128::from(used), days.into()).round(terms.rounding);
        let own = by_day(piece.price.net(self.measure.own));
        match terms.claw_back {
            ClawBack::UsedAtList => by_day(piece.price.list),
            ClawBack::UsedMonths if piece.price.off.is_some() => self.months_of(piece, end).unwrap_or(own),
            _ => own,
        }
    }
}

/// Walks the days that a value pays for.
fn days_of(value: i64, price: i64, whole: i64, lines: i64) -> Option<i64> {
    if value <= 0 || price <= 0 {
        return None;
    }
    let left_after =
        |days: i64| Fraction::whole(value) - Fraction::new(i128::from(price) * i128::from(days), whole.into());
    let pays = |days: &i64| !Fraction::whole(0).is_above(left_after(*days));
    let paid = (1..=TEN_YEARS + 1).take_while(pays).last().unwrap_or(0);
    let begun = !Fraction::whole(lines).is_above(left_after(paid));
    let days = (paid + i64::from(begun)).max(1);
    (days <= TEN_YEARS).then_some(days)
}

#[test]
fn days_are_walked_one_by_one() {
    assert_eq!(days_of(1500, 6000, 30, 1), Some(8));
    assert_eq!(days_of(1929, 3000, 28, 1), Some(18));
    assert_eq!(days_of(0, 3000, 28, 1), None);
}
