//! The quote (N1): everything a plan change will do, as one value. Submitting derives it again and compares digests;
//! what was shown is what is charged, or the submission is refused with both versions.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::account::Component;
use crate::calendar::{Anchor, Cycle, Span};
use crate::catalogue::{Basket, Restart, Size};
use crate::command::Asker;
use crate::explain::Derivation;
use crate::id::{AccountId, DocumentId, ItemId, SegmentId, SubscriptionId};
use crate::money::Money;
use crate::policy::PolicyRef;

/// The direction of a change: the catalogue's order of plans decides, then the length of the cycle, then the options;
/// never the amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// A larger plan, a longer cycle, more of an option.
    Upgrade,
    /// A smaller plan, a shorter cycle, less of an option.
    Downgrade,
    /// Some options up and others down.
    Change,
}

impl Direction {
    /// `upgrade`, `downgrade` or `change`: the word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
            Self::Change => "change",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChangeRequest {
    /// The subscription to change.
    pub subscription: SubscriptionId,
    /// What it shall have.
    pub basket: Basket,
    /// Who asks: staff may choose plans that customers may not (W1, W4).
    pub asked_by: Asker,
}

/// A plan change, counted to the cent at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Whose.
    pub account: AccountId,
    /// The subscription to change.
    pub subscription: SubscriptionId,
    /// Who asked.
    pub asked_by: Asker,
    /// The instant it was counted at; submitting later does not move it.
    pub at: Timestamp,
    /// It can be submitted before this.
    pub expires_at: Timestamp,
    /// Once submitted, it waits for its payment until here.
    pub pay_by: Timestamp,
    /// What the subscription has.
    pub before: Basket,
    /// What it shall have.
    pub after: Basket,
    /// The name of the plan it has.
    pub plan_before: String,
    /// The name of the plan it shall have.
    pub plan_after: String,
    /// Up, down, or both at once.
    pub direction: Direction,
    /// The policy that counted.
    pub policy: PolicyRef,
    /// The catalogue version whose prices count.
    pub catalogue_version: i64,
    /// The subscription's anchor afterwards.
    pub anchor: Anchor,
    /// The period after the change; the same as before unless the cycle changes.
    pub period: Span,
    /// What is given back, line by line: every segment that is cut, also those that cost nothing.
    pub credits: Vec<CreditLine>,
    /// What is charged, line by line.
    pub charges: Vec<ChargeLine>,
    /// What is given back and was paid.
    pub credit: Money,
    /// What is given back and was not paid: it is taken off the unpaid invoices.
    pub debt_released: Money,
    /// What is charged.
    pub charge: Money,
    /// `charge − credit`. Positive: an invoice; negative: to the balance, with a credit note.
    pub net: Money,
    /// What of the balance is used for it.
    pub from_balance: Money,
    /// What is left to pay, today.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// What a full period costs before.
    pub recurring_before: Money,
    /// What a full period costs after; the next invoice.
    pub recurring_after: Money,
    /// The local day of the next invoice.
    pub next_invoice_on: Date,
    /// What the service has.
    pub size_before: Size,
    /// What the service shall have.
    pub size_after: Size,
    /// Does the service restart when the change is made, and for how long (V2)?
    pub restart: Option<Restart>,
}

/// One thing given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    /// The item.
    pub item: ItemId,
    /// Its name.
    pub text: String,
    /// How many units.
    pub quantity: u32,
    /// The segment that is cut.
    pub segment: SegmentId,
    /// The time given back.
    pub span: Span,
    /// The amount given back; positive.
    pub amount: Money,
    /// The part of it that was paid.
    pub collected: Money,
    /// The document that billed it.
    pub document: Option<DocumentId>,
    /// How it was found. The segment's own amount where all of it is given back.
    pub derivation: Derivation,
}

/// One thing charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeLine {
    /// The item that is changed; none where one is added.
    pub item: Option<ItemId>,
    /// Plan or option.
    pub component: Component,
    /// Its code.
    pub code: String,
    /// Its name.
    pub text: String,
    /// How many units.
    pub quantity: u32,
    /// The price of one unit for a full cycle.
    pub unit_price: Money,
    /// The cycle.
    pub cycle: Cycle,
    /// The time charged.
    pub span: Span,
    /// Is the first day billed to the plan before as well (M4)?
    pub shares_first_day: bool,
    /// The amount charged.
    pub amount: Money,
    /// How it was found.
    pub derivation: Derivation,
}

/// The money of a quote, for showing an old version beside a fresh one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteSummary {
    /// Each line: its name, the local days it is for, and its signed amount.
    pub lines: Vec<SummaryLine>,
    /// Positive to pay, negative to the balance.
    pub net: Money,
    /// What of the balance is used.
    pub from_balance: Money,
    /// What is left to pay.
    pub due: Money,
    /// What goes to the balance.
    pub to_balance: Money,
    /// What a full period costs afterwards.
    pub recurring_after: Money,
    /// The catalogue version whose prices counted.
    pub catalogue_version: i64,
}

/// One line of a summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummaryLine {
    /// The item's name.
    pub text: String,
    /// The time it is for.
    pub span: Span,
    /// Negative where it is given back.
    pub amount: Money,
}

impl Quote {
    /// SHA-256 over every field: two quotes of one digest charge the same cents for the same things. Hexadecimal.
    pub fn digest(&self) -> String {
        let canonical = serde_json::to_vec(self).expect("a quote is plain data");
        hexadecimal(&Sha256::digest(&canonical))
    }

    /// The money of it.
    pub fn summary(&self) -> QuoteSummary {
        let credits = self.credits.iter().filter(|line| !line.amount.is_zero());
        let credits = credits.map(|line| (line.text.clone(), line.span, -line.amount));
        let charges = self.charges.iter().map(|line| (line.text.clone(), line.span, line.amount));
        let lines = credits.chain(charges).map(|(text, span, amount)| SummaryLine { text, span, amount });
        QuoteSummary {
            lines: lines.collect(),
            net: self.net,
            from_balance: self.from_balance,
            due: self.due,
            to_balance: self.to_balance,
            recurring_after: self.recurring_after,
            catalogue_version: self.catalogue_version,
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
