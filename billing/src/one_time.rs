//! One-time prices: what a unit of a plan or option costs once, beside its price for every cycle, when it is first had (a
//! setup fee), and what a trial costs. What a subscription was charged, so that it is charged once; and the line that charges it. When it is
//! charged is in `decide/one_time.rs`.

use serde::{Deserialize, Serialize};

use crate::account::{Component, Subscription};
use crate::document::DocumentLine;
use crate::explain::{Basis, Derivation, NetOf};
use crate::id::ItemId;
use crate::money::Money;
use crate::name::{Name, Named};
use crate::policy::{Denominator, Remainder, RoundingStage, Side};
use crate::proration::Counting;
use crate::tax::{SharedRate, payable};

/// What a subscription was charged once, and what it is to be charged once when its trial is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct OneTime {
    /// The most units of a plan or option, by its code, whose setup was charged or waived. It never becomes less.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub charged: Named<u32>,
    /// What the first invoice after a trial charges, at the price it was sold at. Nothing outside of a trial.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_come: Vec<Setup>,
    /// The most that was charged or waived for the trial that runs. None of one that costs nothing, and outside of a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Money>,
}

fn is_empty(charged: &Named<u32>) -> bool {
    charged.is_empty()
}

/// A setup that was sold and is to be charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The code of the plan or option.
    pub code: Name,
    /// What one unit costs once.
    pub price: Money,
    /// How many units are charged.
    pub units: u32,
    /// How many there are, all of them set up then.
    pub of: u32,
}

/// One setup, or the price of a trial, charged with a change, in full and without a discount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeLine {
    /// The item; none where one is added.
    pub item: Option<ItemId>,
    /// Plan or option.
    pub component: Component,
    /// Its code.
    pub code: Name,
    /// Its name.
    pub text: Name,
    /// How many units are charged: those that were never had.
    pub quantity: u32,
    /// How many there are after it, all of them set up then.
    pub of: u32,
    /// The amount charged: all units at the setup price; nothing where the policy asks for none. Of a trial: its price less
    /// what was charged for the trial before.
    pub amount: Money,
    /// The tax charged with it.
    pub tax: Money,
    /// The rate of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_rate: Option<SharedRate>,
    /// How it was found; its line is the setup price of a unit, or the price of the trial.
    pub derivation: Derivation,
}

impl OneTime {
    /// Was nothing charged once, and is nothing to be?
    pub fn is_empty(&self) -> bool {
        self.charged.is_empty() && self.to_come.is_empty() && self.trial.is_none()
    }

    /// The trial that runs is asked nothing any more, up to this price.
    pub fn settle_trial(&mut self, price: Money) {
        self.trial = Some(self.trial.map_or(price, |charged| charged.max(price)));
    }

    /// Nothing is asked any more for so many units of a plan or option.
    pub fn settle(&mut self, code: &Name, units: u32) {
        let charged = self.charged.entry(code.clone()).or_default();
        *charged = (*charged).max(units);
    }
}

impl Subscription {
    /// For how many units of a plan or option nothing is asked once: those that were charged, and those that are had,
    /// unless they are to be charged still. Who had them before they had a setup price never pays it.
    pub fn set_up(&self, code: &str) -> u32 {
        let to_come = self.one_time.to_come.iter().find(|setup| setup.code == code);
        let items = self.items.iter().filter(|item| item.code == code);
        let had = items.map(|item| item.quantity).max().unwrap_or(0);
        let had = to_come.map_or(had, |setup| setup.of - setup.units);
        self.one_time.charged.get(code).copied().unwrap_or(0).max(had)
    }
}

impl OneTimeLine {
    /// What is to be paid for it: the amount and the tax on top.
    pub fn payable(&self) -> Money {
        payable(self.amount, self.tax, self.tax_rate.as_deref())
    }

    /// What one unit costs once, or the trial.
    pub fn unit_price(&self) -> Money {
        self.derivation.line
    }

    /// Is it the price of a trial, and no setup?
    pub fn is_of_trial(&self) -> bool {
        self.derivation.basis == Basis::TrialPrice
    }

    /// As a line of an invoice: for no time.
    pub fn on_invoice(&self) -> DocumentLine {
        DocumentLine {
            item: self.item,
            text: self.text.clone(),
            quantity: self.quantity,
            span: None,
            amount: self.amount,
            tax: self.tax,
            tax_rate: self.tax_rate.clone(),
            segment: None,
            derivation: Some(self.derivation.clone()),
            metered: None,
        }
    }
}

impl Counting<'_> {
    /// So many units once, or none of them where that is waived.
    pub fn once(&self, price: Money, units: u32, is_waived: bool) -> Derivation {
        Derivation {
            policy: self.policy.clone(),
            basis: Basis::Once,
            line: price,
            list: None,
            list_discount: None,
            unit: self.terms.unit,
            from: 0,
            until: units.into(),
            whole: 1,
            denominator: Denominator::Period,
            side: if is_waived { Side::None } else { Side::Full },
            stage: RoundingStage::Line,
            remainder: Remainder::Complement,
            rounding: self.terms.rounding,
            carry: None,
            discount: None,
            net_of: None,
            used_at: None,
            of_value: None,
            unused: None,
            cap: price.times(units.into()),
            cut: self.terms.charge_from,
        }
    }

    /// The price of a trial, in full, less what was charged for the same trial before.
    pub fn trial_price(&self, price: Money, charged: Option<Money>) -> Derivation {
        let before = charged.map(|price| Box::new(NetOf { price, credit: Money::zero(price.currency) }));
        Derivation { basis: Basis::TrialPrice, net_of: before, ..self.once(price, 1, false) }
    }
}
