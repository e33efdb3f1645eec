//! Balance that is paid out as cash, less a fee (M7): what of the balance can be, what the fee is, and how one that was
//! asked for stands. Staff send the money by their bank; Midcycle sets the balance aside until they say that they did.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::catalogue::Catalogue;
use crate::command::Asker;
use crate::id::DocumentId;
use crate::money::{Currency, Money};
use crate::percent::Percent;
use crate::policy::{Policies, Policy};
use crate::refusal::Refusal;
use crate::share::Rounding;

/// The most characters of where a payout goes.
pub const MAX_TO: usize = 140;

/// What stands behind a balance: it says how much of it can be paid out, and keeps the fee whole over many payouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backing {
    /// What ever came in as money, less what was paid out. Never negative (I30).
    pub cash: Money,
    /// What is held for the customer, free or set aside, that was granted and never paid in. It is used up first, and is
    /// never paid out.
    pub granted: Money,
    /// The sum of the payouts on which a fee was taken so far.
    pub charged_on: Money,
}

impl Backing {
    /// Behind a balance of nothing.
    pub fn nothing(currency: Currency) -> Self {
        let nothing = Money::zero(currency);
        Self { cash: nothing, granted: nothing, charged_on: nothing }
    }
}

/// Balance on its way out. Its id is that of its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payout {
    /// The document.
    pub id: DocumentId,
    /// What was taken off the balance.
    pub amount: Money,
    /// What of it is kept; the rest is paid out.
    pub fee: Money,
    /// Where the customer wants it, such as a name and an IBAN.
    pub to: String,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// How it stands.
    pub state: PayoutState,
}

/// How a fee was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeCount {
    /// The percentage.
    pub percent: Percent,
    /// The sum of the payouts before, on which a fee was taken.
    pub before: Money,
    /// What becomes of a part of a minor unit.
    pub rounding: Rounding,
}

impl FeeCount {
    /// The fee on an amount: that on the sum of all payouts, less that on those before. So many small payouts cost what a
    /// large one does, to the cent.
    ///
    /// ```
    /// use billing::{money::{Currency, Money}, payout::FeeCount, percent::Percent, share::Rounding};
    /// let usd = |minor| Money::new(minor, Currency::parse("USD").unwrap());
    /// let fee = |before, amount| {
    ///     let percent = Percent::parse("10").unwrap();
    ///     FeeCount { percent, before: usd(before), rounding: Rounding::HalfAway }.fee(usd(amount)).minor
    /// };
    /// assert_eq!(fee(0, 40_000), 4_000);
    /// assert_eq!([fee(0, 4), fee(4, 4), fee(8, 4)], [0, 1, 0]);
    /// ```
    pub fn fee(&self, amount: Money) -> Money {
        self.percent.of(self.before + amount, self.rounding) - self.percent.of(self.before, self.rounding)
    }
}

/// How a payout stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub enum PayoutState {
    /// Asked for; staff are to send the money.
    Requested,
    /// The money was sent.
    Sent {
        /// When staff said so.
        at: Timestamp,
        /// The bank's reference of it.
        reference: String,
    },
    /// It could not be sent: all of it is on the balance again, and no fee was taken.
    Returned {
        /// When.
        at: Timestamp,
        /// Why, for the customer.
        reason: String,
    },
}

impl Payout {
    /// What is paid out.
    pub fn net(&self) -> Money {
        self.amount - self.fee
    }

    /// Is the money still to be sent?
    pub fn is_open(&self) -> bool {
        self.state == PayoutState::Requested
    }
}

/// What a payout of an amount would come to; asking for it takes exactly this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayoutOffer {
    /// What is taken off the balance.
    pub amount: Money,
    /// How the fee was counted.
    pub count: FeeCount,
    /// The fee.
    pub fee: Money,
    /// What is paid out.
    pub net: Money,
}

impl Account {
    /// The most of the balance that can be paid out: what is free of it, was not granted, and came in as money.
    pub fn cashable(&self) -> Money {
        let granted = (self.backing.granted - self.reserved).or_zero();
        (self.balance - granted).or_zero().min(self.backing.cash)
    }
}

/// What a payout of an amount comes to now. Writes nothing.
///
/// # Errors
/// Where customers cannot ask for it and one does, a payout is open, an invoice is to be paid first, the amount is more than
/// can be paid out, or the fee takes all.
pub fn offer_payout(
    catalogue: &Catalogue,
    presets: &Policies,
    account: &Account,
    amount: Money,
    asked_by: Asker,
) -> Result<PayoutOffer, Refusal> {
    let (stated, rounding) = payout_fee(catalogue, presets);
    if stated.is_none() && asked_by == Asker::Customer {
        return Err(Refusal::PayoutNotOffered);
    }
    if let Some(open) = account.payout.as_ref().filter(|payout| payout.is_open()) {
        return Err(Refusal::PayoutOpen(open.id));
    }
    let owed = account.subscriptions.iter().flat_map(|subscription| account.owed(subscription.id));
    if let Some(invoice) = owed.min_by_key(|invoice| (invoice.due_on, invoice.id)) {
        return Err(Refusal::OwedFirst(invoice.id));
    }
    if amount > account.cashable() {
        return Err(Refusal::PayoutTooMuch(account.cashable()));
    }
    let percent = stated.unwrap_or(Percent::NONE);
    let count = FeeCount { percent, before: account.backing.charged_on, rounding };
    let fee = count.fee(amount);
    if fee >= amount {
        return Err(Refusal::FeeTakesAll(fee));
    }
    Ok(PayoutOffer { amount, count, fee, net: amount - fee })
}

/// The fee on what is paid out, none where customers cannot ask for it, and how it is rounded. A customer has one balance
/// whatever is sold: the policies of a storefront's products say one fee ([`one_fee`]); where an older catalogue does not,
/// the highest counts.
pub fn payout_fee(catalogue: &Catalogue, presets: &Policies) -> (Option<Percent>, Rounding) {
    let terms = policies(catalogue, presets).map(|(_, policy)| (policy.terms.cash_out_fee, policy.terms.rounding));
    terms.max_by_key(|(fee, _)| *fee).unwrap_or((None, Rounding::HalfAway))
}

/// Refuses a catalogue whose products are sold under policies with different fees on what is paid out.
///
/// # Errors
/// With the names of two products that do not agree.
pub fn one_fee(catalogue: &Catalogue, presets: &Policies) -> Result<(), Refusal> {
    let mut fees = policies(catalogue, presets).map(|(product, policy)| (product, policy.terms.cash_out_fee));
    let Some((first, fee)) = fees.next() else { return Ok(()) };
    let shown = |fee: Option<Percent>| fee.map_or("none".to_owned(), |fee| format!("{fee}%"));
    match fees.find(|(_, other)| *other != fee) {
        None => Ok(()),
        Some((second, other)) => Err(Refusal::TwoPayoutFees {
            products: [first.to_owned(), second.to_owned()],
            fees: [shown(fee), shown(other)],
        }),
    }
}

fn policies<'a>(
    catalogue: &'a Catalogue,
    presets: &'a Policies,
) -> impl Iterator<Item = (&'a str, &'a Policy)> + use<'a> {
    let products = catalogue.products.iter();
    products.filter_map(|product| Some((&*product.code, catalogue.policy(&product.policy, presets)?)))
}
