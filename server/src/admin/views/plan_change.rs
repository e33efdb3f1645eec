//! The plan change as staff make it: choose, review, the quote that no longer holds. The money, the
//! dates and the words are those of the portal (`portal::views::plan_change`), so that staff and
//! customer look at the same thing; staff also see plans that customers cannot choose.

use crate::portal::views::Meaning;
use crate::portal::views::plan_change::PlanChoice;
use crate::ui::{DateView, DayField, Fact, Page, RadioCard, Select};
use askama::Template;

/// A plan that staff can choose, or the reason why not.
#[derive(Clone, Debug)]
pub struct StaffPlan {
    /// The plan.
    pub choice: PlanChoice,
    /// Whether customers cannot choose it themselves.
    pub staff_only: bool,
}

/// `GET /admin/services/{id}/change?plan=…&cycle=…&option_…=…`
#[derive(Clone, Debug, Template)]
#[template(path = "admin/choose.html")]
pub struct ChoosePage {
    /// Around the content.
    pub page: Page,
    /// This page's address without the question mark: the form's target for a preview.
    pub action: String,
    /// Where Continue leads, with the same choice in its address.
    pub review_action: String,
    /// What the customer has.
    pub today: Vec<Fact>,
    /// The plans, in order of size.
    pub plans: Vec<StaffPlan>,
    /// Monthly, yearly; the name in the form is `cycle`.
    pub cycles: Vec<RadioCard>,
    /// The options; the name in the form is `option_` and the option's code.
    pub options: Vec<Select>,
    /// Now or with the next period; the name in the form is `when`. Empty where the policy decides.
    pub moments: Vec<RadioCard>,
    /// The day that goes with the last of them, where one can be chosen.
    pub day: Option<DayField>,
    /// The open change whose place a new one takes, as a sentence.
    pub replaces: Option<String>,
    /// What the prices are before tax, as a sentence.
    pub tax_note: Option<String>,
    /// What the choice means; `None` while nothing differs from today.
    pub meaning: Option<Meaning>,
    /// Why the choice cannot be taken, as a sentence.
    pub refused: Option<String>,
}

/// `GET /admin/services/{id}/change/review?…`. The form sends `quote`, `key`, `method` and `csrf`.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/review.html")]
pub struct ReviewPage {
    /// Around the content.
    pub page: Page,
    /// The service's label and the customer's name.
    pub whose: String,
    /// What it means.
    pub meaning: Meaning,
    /// Until when the quote holds.
    pub holds_until: DateView,
    /// Where the form is sent.
    pub action: String,
    /// The signed quote.
    pub quote: String,
    /// The idempotency key of this form.
    pub key: String,
    /// How it is paid; empty when nothing is due. The name in the form is `method`.
    pub methods: Vec<RadioCard>,
    /// Why the last try did not go through.
    pub problem: Option<String>,
    /// What the button does: `Create order and invoice`.
    pub button: String,
    /// What happens when it is pressed, a sentence each.
    pub consequences: Vec<String>,
    /// Back to the chooser with the same choice.
    pub back_href: String,
}

/// The answer to a quote that no longer holds (409): both versions, what changed, one way on.
#[derive(Clone, Debug, Template)]
#[template(path = "admin/outdated.html")]
pub struct OutdatedPage {
    /// Around the content.
    pub page: Page,
    /// What was shown.
    pub before: Meaning,
    /// What it is now; `None` when the change is no longer possible.
    pub now: Option<Meaning>,
    /// What changed in between, a sentence each.
    pub changed: Vec<String>,
    /// Where the one button leads.
    pub next_href: String,
    /// What the one button says.
    pub next_label: String,
}
