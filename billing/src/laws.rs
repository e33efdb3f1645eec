//! The laws: what must hold between an account before a decision and after it, whatever the command was. Written from
//! the definitions of the types, without looking at `decide`, so that it is a second opinion; checked at every commit.
//! A broken law is a bug: nothing is committed. Each law has planted bugs that trip it in `tests/laws`.
//!
//! `laws/books.rs` has the ledger and the documents, `laws/tiling.rs` the coverage, `laws/changes.rs` plan changes and
//! services, `laws/chosen_day.rs` changes on a day that was chosen, `laws/failure.rs` changes that wait for their
//! payment, `laws/carry.rs` what rounding leaves over, `laws/assigned.rs` plans that staff assign, `laws/credits.rs`
//! plan credits, `laws/dunning.rs` renewals that are not paid, `laws/waiting.rs` lines that wait for the next invoice,
//! `laws/arrears.rs` what is billed afterwards, `laws/usage.rs` what meters count, `laws/extension.rs` days that are bought, `laws/quantities.rs` how many units are billed and
//! had, `laws/cancellation.rs` subscriptions that end, `laws/one_time.rs` what is charged once, `laws/trial.rs` trials, `laws/first_period.rs` periods that lead to a bill day,
//! `laws/payouts.rs` balance that is paid out, `laws/records.rs` what may never be rewritten. Laws over many accounts or a long time are not here.

mod arrears;
mod assigned;
mod books;
mod cancellation;
mod carry;
mod changes;
mod chosen_day;
mod credits;
mod dunning;
mod extension;
mod failure;
mod first_period;
mod one_time;
mod payouts;
mod quantities;
mod records;
mod tiling;
mod trial;
mod usage;
mod waiting;

use jiff::Timestamp;

use crate::account::Account;
use crate::decide::Decision;
use crate::money::{Currency, Money, sum};

/// A law that a decision breaks. Nothing of the decision may be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("law {law} is broken: {what}")]
pub struct BrokenLaw {
    /// The law's number, such as `I05`.
    pub law: &'static str,
    /// What is wrong, with ids and amounts.
    pub what: String,
}

/// Does a decision keep every law? `before` is the account that was decided on; none where it was opened.
pub fn check(before: Option<&Account>, decision: &Decision) -> Result<(), BrokenLaw> {
    check_with(before, decision, records::log_goes_on)
}

/// The same of a decision without a log entry: every law but that of the log.
pub(crate) fn check_rehearsal(before: Option<&Account>, decision: &Decision) -> Result<(), BrokenLaw> {
    check_with(before, decision, |_| Ok(()))
}

fn check_with(
    before: Option<&Account>,
    decision: &Decision,
    log_goes_on: impl Fn(&Case<'_>) -> Result<(), BrokenLaw>,
) -> Result<(), BrokenLaw> {
    let at = decision.log.at;
    // What was closed before is no matter of this decision; what closed with it still is.
    let base = before.map(|account| {
        let mut account = account.clone();
        account.forget_closed(at);
        account
    });
    let case = Case { before: base.as_ref(), after: &decision.account, decision, at };
    log_goes_on(&case)?;
    records::identity_stays(&case)?;
    records::within_bounds(&case)?;
    books::one_currency(&case)?;
    books::postings_balance(&case)?;
    books::documents_add_up(&case)?;
    books::invoices_only_move_forward(&case)?;
    books::balances_are_postings(&case)?;
    books::money_is_used_once(&case)?;
    payouts::payouts_are_paid_once(&case)?;
    payouts::backing_is_what_came_in(&case)?;
    records::attempts_only_move_forward(&case)?;
    tiling::periods_follow(&case)?;
    quantities::units_are_paid_for(&case)?;
    trial::trials_are_given_once(&case)?;
    trial::no_trial_time_is_billed(&case)?;
    tiling::coverage_tiles(&case)?;
    trial::a_trial_is_charged_once(&case)?;
    one_time::setups_are_charged_once(&case)?;
    tiling::a_period_costs_what_was_sold(&case)?;
    first_period::a_first_period_costs_its_part(&case)?;
    tiling::coverage_is_never_rewritten(&case)?;
    changes::one_change_at_a_time(&case)?;
    changes::the_quote_is_what_is_charged(&case)?;
    changes::lines_replay(&case)?;
    extension::bought_days_are_paid_for(&case)?;
    changes::a_change_is_made_whole_or_not(&case)?;
    chosen_day::a_day_is_waited_for(&case)?;
    failure::waiting_ends_as_quoted(&case)?;
    carry::roundings_are_carried(&case)?;
    arrears::arrears_are_billed_when_they_are_over(&case)?;
    usage::usage_is_billed_once(&case)?;
    waiting::lines_wait_once(&case)?;
    tiling::sales_are_coverage(&case)?;
    dunning::a_renewal_is_dunned_as_planned(&case)?;
    dunning::access_follows_what_is_owed(&case)?;
    cancellation::ends_are_whole_and_final(&case)?;
    changes::services_go_forward(&case)?;
    assigned::packages_wait_until_asked(&case)?;
    credits::credits_are_conserved(&case)?;
    changes::wishes_fit(&case)
}

/// One decision under examination.
struct Case<'a> {
    /// The account before, without what was closed already.
    before: Option<&'a Account>,
    /// The account after, with what this decision closed.
    after: &'a Account,
    /// The whole decision.
    decision: &'a Decision,
    /// Its moment.
    at: Timestamp,
}

impl Case<'_> {
    fn currency(&self) -> Currency {
        self.after.currency
    }

    fn total(&self, amounts: impl IntoIterator<Item = Money>) -> Money {
        sum(self.currency(), amounts)
    }

    fn nothing(&self) -> Money {
        Money::zero(self.currency())
    }
}

/// The law holds where the condition does.
fn holds(condition: bool, law: &'static str, what: impl FnOnce() -> String) -> Result<(), BrokenLaw> {
    if condition { Ok(()) } else { Err(BrokenLaw { law, what: what() }) }
}
