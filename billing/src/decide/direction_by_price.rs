//! The direction of a change where a policy reads it from list prices (`direction_by`), not from the order of the
//! catalogue. What is compared is what was sold and what would be sold today; discounts do not turn a direction round.

use std::cmp::Ordering;

use crate::account::Subscription;
use crate::calendar::{Cycle, CycleUnit};
use crate::catalogue::{Basket, Product, price_in};
use crate::money::{Currency, Money, sum};
use crate::policy::DirectionBy;
use crate::quote::Direction;

/// The direction of a change by price; none where the policy goes by the catalogue's order, or where a price is missing
/// and the change will be refused.
pub(super) fn direction_by_price(
    by: DirectionBy,
    subscription: &Subscription,
    product: &Product,
    after: &Basket,
    currency: Currency,
) -> Option<Direction> {
    if by == DirectionBy::Rank {
        return None;
    }
    let sold = subscription.items.iter().filter(|item| item.quantity > 0).map(|item| item.priced().list);
    let before = (sum(currency, sold), subscription.anchor.cycle);
    Some(by.compare(before, (list_of(product, after, currency)?, after.cycle)))
}

/// What a basket costs by the list, for a cycle.
fn list_of(product: &Product, basket: &Basket, currency: Currency) -> Option<Money> {
    let list = |prices, quantity| Some(price_in(prices, &basket.plan, basket.cycle, currency)?.times(quantity).list);
    let plan = list(&product.plan(&basket.plan)?.prices, 1)?;
    let mut options = basket.options.iter();
    options.try_fold(plan, |total, (code, quantity)| Some(total + list(&product.option(code)?.prices, *quantity)?))
}

impl DirectionBy {
    /// The direction from one price for a cycle to another.
    pub(crate) fn compare(self, before: (Money, Cycle), after: (Money, Cycle)) -> Direction {
        let scaled = |(price, cycle): (Money, Cycle), other: Cycle| {
            let (times, _) = self.cycles(cycle);
            let (_, per) = self.cycles(other);
            i128::from(price.minor) * i128::from(times) * i128::from(per)
        };
        match scaled(after, before.1).cmp(&scaled(before, after.1)) {
            Ordering::Greater => Direction::Upgrade,
            Ordering::Less => Direction::Downgrade,
            Ordering::Equal => Direction::Change,
        }
    }

    /// How many cycles there are in the time that prices are compared for, as a fraction.
    fn cycles(self, cycle: Cycle) -> (i64, i64) {
        match self {
            Self::Rank | Self::ListPrice => (1, 1),
            Self::PricePerDay => (1, cycle.nominal_days()),
            Self::PricePerMonth => {
                let in_a_year = match cycle.unit {
                    CycleUnit::Day => 365,
                    CycleUnit::Week => 52,
                    CycleUnit::Month => 12,
                    CycleUnit::Year => 1,
                };
                (in_a_year, i64::from(cycle.count))
            }
        }
    }
}
