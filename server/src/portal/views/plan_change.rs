//! The plan change: choose, review, the quote that no longer holds, and what follows.
//! The choice travels in the address (`plan`, `cycle`, `option_…`); nothing is stored before Submit.

use super::document::PayForm;
use super::service::{NextInvoice, Trial, noted, until_and_next};
use crate::ui::language::{Language, Texts, args};
use crate::ui::{AmountView, Badge, DateView, DayField, Fact, Icon, Page, RadioCard, Select, Step, UsageBar, Value};
use askama::Template;

/// Which way a change goes, as the rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To more.
    Upgrade,
    /// To less.
    Downgrade,
    /// Neither: another cycle, another option of the same worth.
    Sideways,
}

impl Direction {
    /// The noun: `Upgrade`.
    #[must_use]
    pub fn noun(self, language: Language) -> String {
        match self {
            Self::Upgrade => language.text("direction-upgrade"),
            Self::Downgrade => language.text("direction-downgrade"),
            Self::Sideways => language.text("direction-change"),
        }
    }

    /// Its drawing.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Upgrade => Icon::Up,
            Self::Downgrade => Icon::Down,
            Self::Sideways => Icon::Arrows,
        }
    }
}

/// What the customer has today.
#[derive(Clone, Debug)]
pub struct Today {
    /// The plan's name.
    pub plan: String,
    /// Price of a cycle.
    pub price: AmountView,
    /// `per month`
    pub cycle: String,
    /// Until when it is paid, and what is not.
    pub paid_until: Value,
    /// The trial that is running.
    pub trial: Option<Trial>,
    /// The next invoice: when and how much.
    pub next_invoice: Option<NextInvoice>,
    /// What prices are before tax: `plus VAT 19 %`.
    pub tax_note: Option<String>,
    /// How full it is.
    pub usage: Vec<UsageBar>,
}

impl Today {
    fn facts(&self, page: &Page) -> Vec<Fact> {
        let language = page.language;
        let price = Value::Noted(self.price.text.clone(), noted(language, self.cycle.clone(), &self.tax_note));
        let Self { paid_until, trial, next_invoice, tax_note, .. } = self;
        let mut facts = vec![
            Fact::new(language.text("fact-plan"), self.plan.as_str()),
            Fact::new(language.text("fact-price"), price),
        ];
        facts.extend(until_and_next(language, paid_until, trial, next_invoice, tax_note));
        facts
    }
}

/// A plan that can be chosen, or the reason why it cannot.
#[derive(Clone, Debug)]
pub struct PlanChoice {
    /// What is sent as `plan`.
    pub id: String,
    /// The plan's name.
    pub name: String,
    /// Whether the customer has it now.
    pub present: bool,
    /// Whether it is chosen in the form.
    pub selected: bool,
    /// What differs from today, and only that: `4 processors instead of 2`.
    /// For the present plan: what it holds.
    pub differences: Vec<String>,
    /// Price of a cycle.
    pub price: AmountView,
    /// The list price and what is taken off it: `€100.00 less 10 %`; empty without a discount.
    pub list: String,
    /// `per month`
    pub cycle: String,
    /// The difference per cycle, from [`AmountView::difference`]; `None` for the present plan.
    pub difference: Option<AmountView>,
    /// Why it cannot be taken, as a sentence.
    pub refused: Option<String>,
}

/// One line of what a change costs.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// `Standard, 14 of 30 days unused`
    pub what: String,
    /// The days, both counted: `17–30 April 2027`; empty for none.
    pub days: String,
    /// The list price and what is taken off it: `€100.00 less 10 %`; empty without a discount.
    pub list: String,
    /// The amount; below zero for what is given back.
    pub amount: AmountView,
    /// Why it is that much.
    pub why: Vec<String>,
}

/// What happens to the server, said before anything is confirmed (V2).
#[derive(Clone, Debug)]
pub struct Restart {
    /// `As soon as the invoice is paid`, `When the next period begins, on 1 May 2027`
    pub when: String,
    /// `about 2 minutes`
    pub how_long: String,
}

impl Restart {
    /// What happens, when, for how long, and what to do before.
    fn sentence(&self, page: &Page) -> String {
        let args = &args!["when" => self.when.as_str(), "duration" => self.how_long.as_str()];
        page.language.fill("restart-sentence", args)
    }
}

/// What a change means: money, dates, server, features.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// Which way it goes.
    pub direction: Direction,
    /// `Standard to Large`
    pub what: String,
    /// The lines, credits first.
    pub lines: Vec<MoneyLine>,
    /// Tax that comes to the lines: `VAT 19 %`; empty when none does.
    pub tax: Vec<MoneyLine>,
    /// Lines with tax; `None` where that is the figure below.
    pub total: Option<AmountView>,
    /// Tax that the lines contain, a sentence each: `Contains €1.60 VAT 19 %.`
    pub contained: Vec<String>,
    /// What the balance pays, below zero; `None` for nothing.
    pub balance_used: Option<AmountView>,
    /// What is to be paid today; zero on a downgrade.
    pub due_today: AmountView,
    /// The words over it: `Due today`, `Due by 24 April 2027`.
    pub due_words: String,
    /// What goes to the balance; `None` for nothing.
    pub to_balance: Option<AmountView>,
    /// What is settled with the next invoice instead of now, as a sentence.
    pub later: Option<String>,
    /// When it is made, and what is to pay until when, as a sentence.
    pub made: String,
    /// The plan credits before and after: `12 of 40 hours left; 92 hours after the change.`
    pub credits: Option<String>,
    /// The next invoice, as a sentence: `Your next invoice is €20.00 on 1 May 2027.`
    pub next_invoice: String,
    /// The restart, when the server is touched.
    pub restart: Option<Restart>,
    /// What is gained: `4 processors instead of 2`.
    pub gained: Vec<String>,
    /// What is lost.
    pub lost: Vec<String>,
    /// How the lines make the sum, a sentence each.
    pub why: Vec<String>,
}

impl Meaning {
    /// Which way it goes and what it is: `Upgrade: Standard to Large`.
    pub fn titled(&self, page: &Page) -> String {
        let noun = self.direction.noun(page.language);
        page.language.fill("direction-what", &args!["noun" => noun, "what" => self.what.as_str()])
    }

    /// The words over the large figures.
    #[must_use]
    pub fn headline(&self, page: &Page) -> String {
        if self.to_balance.is_some() && self.due_today.zero {
            page.text("to-your-balance")
        } else {
            self.due_words.clone()
        }
    }

    /// The large figures: what is due, or what comes back.
    #[must_use]
    pub fn figure(&self) -> &AmountView {
        match &self.to_balance {
            Some(amount) if self.due_today.zero => amount,
            _ => &self.due_today,
        }
    }
}

/// `GET /services/{id}/change?plan=…&cycle=…&option_…=…`: choose, and see what it means.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/choose.html")]
pub struct ChoosePage {
    /// Around the content.
    pub page: Page,
    /// The service's name.
    pub service: String,
    /// The service's page.
    pub service_href: String,
    /// This page's address without the question mark: the form's target for a preview.
    pub action: String,
    /// Where Continue leads, with the same choice in its address.
    pub review_action: String,
    /// What the customer has.
    pub today: Today,
    /// The plans, in order of size.
    pub plans: Vec<PlanChoice>,
    /// Monthly, yearly; the name in the form is `cycle`.
    pub cycles: Vec<RadioCard>,
    /// The options; the name in the form is `option_` and the option's id.
    pub options: Vec<Select>,
    /// Now or with the next period; the name in the form is `when`. Empty where the policy decides.
    pub moments: Vec<RadioCard>,
    /// The day that goes with the last of them, where one can be chosen; the name in the form is `on`.
    pub day: Option<DayField>,
    /// The open change whose place a new one takes, as a sentence.
    pub replaces: Option<String>,
    /// What the prices are before tax, as a sentence: `All prices plus VAT 19 %.`
    pub tax_note: Option<String>,
    /// What the choice means; `None` while nothing differs from today.
    pub meaning: Option<Meaning>,
    /// Why the choice cannot be taken, as a sentence.
    pub refused: Option<String>,
}

/// `GET /services/{id}/change/review?…`: the same, to be confirmed. The form sends `quote`, `key`,
/// `method` and `csrf` to `action`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/review.html")]
pub struct ReviewPage {
    /// Around the content.
    pub page: Page,
    /// The service's name.
    pub service: String,
    /// What it means.
    pub meaning: Meaning,
    /// The open change whose place it takes, as a sentence.
    pub replaces: Option<String>,
    /// Until when the quote holds.
    pub holds_until: DateView,
    /// Where the form is sent.
    pub action: String,
    /// The signed quote.
    pub quote: String,
    /// The idempotency key of this form: a double click sends it twice and changes once.
    pub key: String,
    /// The payment methods; empty when nothing is due. The name in the form is `method`.
    pub methods: Vec<RadioCard>,
    /// Why the last try did not go through; nothing was charged unless it says so.
    pub problem: Option<String>,
    /// What the button does: `Upgrade to Large and pay €13.33`.
    pub button: String,
    /// Back to the chooser with the same choice.
    pub back_href: String,
}

/// The answer to a quote that no longer holds (409): both versions, what changed, one way on.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/outdated.html")]
pub struct OutdatedPage {
    /// Around the content.
    pub page: Page,
    /// The service's name.
    pub service: String,
    /// What was shown.
    pub before: Meaning,
    /// What it is now; `None` when the change is no longer possible.
    pub now: Option<Meaning>,
    /// What changed in between, a sentence each.
    pub changed: Vec<String>,
    /// Where the one button leads: the review of the new version, or the service.
    pub next_href: String,
    /// What the one button says: `Review the new amount`.
    pub next_label: String,
}

/// `GET /changes/{id}`: what became of a change.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/change.html")]
pub struct ChangePage {
    /// Around the content.
    pub page: Page,
    /// The service's name.
    pub service: String,
    /// The service's page.
    pub service_href: String,
    /// Which way it goes.
    pub direction: Direction,
    /// Waiting for payment, on its way, done, withdrawn, lapsed, failed.
    pub state: Badge,
    /// What has happened, what has not, and what comes next.
    pub sentence: String,
    /// Ordered, paid, resizing, restarted, done.
    pub steps: Vec<Step>,
    /// Whether the page should look again by itself: true while something can still happen.
    pub moving: bool,
    /// What was agreed.
    pub facts: Vec<Fact>,
    /// The lines of the agreement.
    pub lines: Vec<MoneyLine>,
    /// Tax that the lines contain, a sentence each.
    pub contained: Vec<String>,
    /// From the lines to what is paid: words and amount, tax and total first.
    pub sums: Vec<(String, AmountView)>,
    /// What is to be paid, or goes to the balance: words and amount.
    pub total: (String, AmountView),
    /// The documents: number, page, what it is.
    pub documents: Vec<(String, String, String)>,
    /// The payment, while one is wanted.
    pub pay: Option<PayForm>,
    /// The withdrawal, while nothing has happened yet.
    pub withdraw: Option<Withdraw>,
    /// How the lines make the sum, a sentence each.
    pub why: Vec<String>,
}

/// Taking a change back while nothing has happened. The form sends `csrf` and `key` to `action`.
#[derive(Clone, Debug)]
pub struct Withdraw {
    /// Where the form is sent.
    pub action: String,
    /// The idempotency key of this form.
    pub key: String,
    /// What will happen: `Your plan stays Standard. The invoice INV-2027-0042 is cancelled.`
    pub sentence: String,
}
