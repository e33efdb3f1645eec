//! The states an account can be in, as commands see it, each reached by real commands. To add a state, add a line to
//! [`all`] and the moves that lead there; the order is the order of the page.

use billing::account::ChangeState;
use billing::command::PaymentChoice::{BankTransfer, Card};
use billing::command::{Asker, Command, PaymentChoice, PaymentOutcome};
use billing::effect::TestCard;
use billing::policy::When;
use billing::service::ModuleReport;
use jiff::civil::date;

use crate::house::{House, Step, at, eur, monthly};
use crate::rows::{
    assign, cancel, confirm_payout, goodwill, open, read_back, renew, report, report_usage, request_payout, retry,
    return_payout, settle, start, submit, submit_on, submit_when, transfer,
};

/// A state and how it reads.
pub struct Scene {
    /// Its short name on the page: a letter for the group, and a number.
    pub id: String,
    /// What it is.
    pub name: &'static str,
    /// An account in it.
    pub house: House,
}

/// A group of states, and the states in it.
type Group = (&'static str, &'static str, Vec<(&'static str, House)>);

/// The title of each group, by its letter.
pub fn groups() -> Vec<(&'static str, &'static str)> {
    grouped("vps").into_iter().map(|(letter, title, _)| (letter, title)).collect()
}

/// Every state that can be reached under a policy.
pub fn all(policy: &str) -> Vec<Scene> {
    let groups = grouped(policy).into_iter();
    let scenes = groups.flat_map(|(letter, _, states)| {
        let numbered = states.into_iter().zip(1..);
        numbered.map(move |((name, house), number)| Scene { id: format!("{letter}{number}"), name, house })
    });
    scenes.collect()
}

fn grouped(policy: &str) -> Vec<Group> {
    let mut groups = vec![("A", "The account", account(policy)), ("S", "The first period", first_period(policy))];
    // Under a policy without a gate nothing waits for its payment.
    if ordered(running(policy)).subscription().is_some_and(|subscription| subscription.change.is_some()) {
        groups.push(("C", "A change that waits for its payment", waiting_change(policy)));
        groups.push(("E", "A change that was closed without being made", closed_change(policy)));
    }
    groups.push(("D", "A change that is made", applied_change(policy)));
    groups.push(("W", "A plan that staff assigned without an order", assigned(policy)));
    groups.push(("P", "Period after period", periods(policy)));
    if policy == "vps" {
        groups.push((
            "T",
            "Under the policy `team`: the customer chooses when, and a newer wish takes the place of the open one",
            team(),
        ));
        groups.push((
            "G",
            "Under the policy `lago`: a change is made before it is paid, a smaller plan with the next period",
            lago(),
        ));
        groups.push((
            "F",
            "Under `vps` with `on_failure`: a change lapses with the first payment that fails, or is made all the same",
            failing(),
        ));
        groups.push(("X", "With `anchor = \"extend\"`: what is left of the one plan buys days of the other", extend()));
        groups.push((
            "N",
            "Under `vps` with `settle_charge` and `settle_credit`: a change is settled with the next invoice",
            next_invoice(),
        ));
        groups.push((
            "B",
            "Under `vps`, Small with a trial of 14 days, which a change keeps or, by `trial`, ends",
            trials(),
        ));
        groups.push((
            "R",
            "Under `vps` with `[dunning]`: two retries, on the first and the second day, and 2 days of grace",
            dunned(),
        ));
        groups.push((
            "H",
            "Under `vps` with `credits = \"prorate\"` and no gate: plan credits are shared by time",
            shared_credits(),
        ));
        groups.push(("O", "Under `vps` with `choose_date`: a change on a chosen day, the 20th", chosen_day()));
        groups.push((
            "L",
            "Under `vps` with `first_period = \"long\"` and the 15th as the bill day: the first period lasts to 15 May",
            long_first_period(),
        ));
        groups.push((
            "K",
            "Under `vps` with `cash_out_fee = \"10\"` and `rounding = \"up\"`: balance is paid out",
            paid_out(),
        ));
        groups.push((
            "U",
            "Under `vps`: a subscription that is cancelled, and one that has ended, also because it was not paid",
            cancelled(),
        ));
        groups.push(("Z", "Under `vps`, Small billed in arrears, the others in advance", arrears()));
    }
    groups
}

fn account(policy: &str) -> Vec<(&'static str, House)> {
    vec![("no account", House::new(policy)), ("opened, nothing bought", opened(policy))]
}

fn first_period(policy: &str) -> Vec<(&'static str, House)> {
    let by_card = |outcome| started(policy, "s", Card(TestCard::Pays)).settled(outcome);
    let paid = || started(policy, "s", BankTransfer).paid();
    vec![
        ("first invoice open, to be paid by transfer", started(policy, "s", BankTransfer)),
        ("first invoice open, its card payment sent", started(policy, "s", Card(TestCard::Pays))),
        ("first invoice open, its card payment unknown", by_card(PaymentOutcome::Unknown)),
        ("first invoice open, its card payment failed", by_card(failed())),
        ("first invoice paid by card, service wanted", by_card(captured(1000))),
        ("paid, service working", paid().reports(ModuleReport::Working)),
        ("paid, service failed", paid().reports(broken())),
        ("paid and running", running(policy)),
        ("paid and running, 500.00 on the balance", rich(policy)),
        ("on the free plan, running", started(policy, "free", BankTransfer).done()),
        ("not begun: the clock was set back", running(policy).at(at("2026-03-31T12:00"))),
    ]
}

fn waiting_change(policy: &str) -> Vec<(&'static str, House)> {
    vec![
        ("change waits for a transfer", ordered(running(policy))),
        ("change waits, a part of it set aside from the balance", ordered(running(policy).does(goodwill_of(500)))),
        ("change waits, its card payment sent", charged(policy)),
        ("change waits, its card payment unknown", charged(policy).settled(PaymentOutcome::Unknown)),
        ("change waits, its card payment failed", charged(policy).settled(failed())),
        ("change waits, and the first invoice is open too", ordered(started(policy, "s", BankTransfer))),
        ("change waits for a transfer, and its time is up", ordered(running(policy)).time_is_up()),
        (
            "change waits, its card payment unknown, and its time is up",
            charged(policy).settled(PaymentOutcome::Unknown).time_is_up(),
        ),
        ("change waits, and its period is over", ordered(running(policy)).at(at("2026-05-01T12:00"))),
    ]
}

fn applied_change(policy: &str) -> Vec<(&'static str, House)> {
    let applied = || ordered(running(policy)).paid();
    vec![
        ("change applied by card, service wanted", charged(policy).settles_in_full()),
        ("change applied by transfer, service working", applied().reports(ModuleReport::Working)),
        ("change applied, service failed", applied().reports(broken())),
        ("change applied, running", applied().done()),
        ("change applied from the balance, service wanted", ordered(rich(policy))),
        ("change to the smaller plan applied, service wanted", smaller(applied().done())),
        ("change applied while the first invoice is open", smaller(started(policy, "s", BankTransfer).done())),
        ("change applied that gave the whole open invoice back", given_back(policy, BankTransfer)),
        (
            "change applied by transfer, its card payment still unknown",
            charged(policy).settled(PaymentOutcome::Unknown).paid(),
        ),
        (
            "change applied while the first invoice is open and its card payment sent",
            smaller(started(policy, "s", Card(TestCard::Pays))),
        ),
        (
            "change applied that gave the whole open invoice back, its card payment sent",
            given_back(policy, Card(TestCard::Pays)),
        ),
    ]
}

fn closed_change(policy: &str) -> Vec<(&'static str, House)> {
    let lapsed = |house: House| house.time_is_up().does(|house| Command::LapsePlanChange { change: house.change_id() });
    vec![
        ("change withdrawn", withdrawn(ordered(running(policy)))),
        ("change withdrawn after its card payment failed", withdrawn(charged(policy).settled(failed()))),
        ("change lapsed", lapsed(ordered(running(policy)))),
        ("change lapsed, its card payment still unknown", lapsed(charged(policy).settled(PaymentOutcome::Unknown))),
    ]
}

fn periods(policy: &str) -> Vec<(&'static str, House)> {
    let over = at("2026-05-01T12:00");
    let renewed = |house: House| house.at(over).does(|house| renew(house, 1));
    let by_card = || started(policy, "s", Card(TestCard::Pays)).settled(captured(1000)).done();
    let forgotten = started(policy, "s", Card(TestCard::Pays)).settled(PaymentOutcome::Unknown).done();
    vec![
        ("period over, renewal due", running(policy).at(over)),
        ("period over, first invoice still open", started(policy, "s", BankTransfer).done().at(over)),
        ("period over, first card payment unknown and forgotten", forgotten.at(at("2026-05-02T12:00"))),
        ("two periods over", running(policy).at(at("2026-06-01T12:00"))),
        ("renewed, invoice open", renewed(running(policy))),
        ("renewed by card, payment sent", renewed(by_card())),
        ("renewed by card, payment failed", renewed(by_card()).settled(failed())),
        ("renewed from the balance", renewed(rich(policy))),
        ("usage reported, renewed", renewed(running(policy).does(|house| report_usage(house, "gb", 100)))),
        ("usage reported, the period over", running(policy).does(|house| report_usage(house, "gb", 100)).at(over)),
        ("renewed, and both invoices open", renewed(started(policy, "s", BankTransfer).done())),
        ("renewed, change waits for a transfer", ordered(renewed(running(policy)).paid())),
    ]
}

fn assigned(policy: &str) -> Vec<(&'static str, House)> {
    let given = |house: House| house.does(|house| assign(house, monthly("m"), false));
    let asked = || given(running(policy)).does(|house| Command::ChangePackage { service: house.service_id() });
    vec![
        ("a larger plan assigned at the present amount, its package waits", given(running(policy))),
        ("a larger plan assigned and recalculated", running(policy).does(|house| assign(house, monthly("m"), true))),
        ("a larger plan assigned, its package changed, service wanted", asked()),
        ("a larger plan assigned, its package changed, service failed", asked().reports(broken())),
        ("a larger plan assigned while the first invoice is open", given(started(policy, "s", BankTransfer).done())),
        ("a larger plan assigned on the free plan", given(started(policy, "free", BankTransfer).done())),
        ("a larger plan assigned, the period over", given(running(policy)).at(at("2026-05-01T12:00"))),
    ]
}

fn team() -> Vec<(&'static str, House)> {
    let down = |house: &House| submit_when(house, monthly("s"), Some(When::PeriodEnd));
    let scheduled = || ordered(running("team")).paid().done().does(down);
    vec![
        ("change waits for a transfer", ordered(running("team"))),
        ("change waits, its card payment sent", charged("team")),
        ("change scheduled for the next period", scheduled()),
        ("change scheduled, and the period over", scheduled().at(at("2026-05-01T12:00"))),
        ("scheduled change made, renewed", scheduled().at(at("2026-05-01T12:00")).does(|house| renew(house, 1))),
        ("scheduled change withdrawn", withdrawn(scheduled())),
        (
            "scheduled change replaced by one that waits",
            scheduled().does(|house| submit(house, monthly("l"), BankTransfer)),
        ),
        (
            "all hours used",
            running("team").does(|house| Command::UseCredits { subscription: house.subscription_id(), amount: 10 }),
        ),
    ]
}

fn lago() -> Vec<(&'static str, House)> {
    let scheduled = || ordered(running("lago")).paid().done().does(|house| submit(house, monthly("s"), BankTransfer));
    vec![
        ("change made, its invoice open", ordered(running("lago"))),
        ("change made, its card payment unknown", charged("lago").settled(PaymentOutcome::Unknown)),
        ("change made, its card payment failed", charged("lago").settled(failed())),
        ("smaller plan scheduled, the invoice of the larger one paid", scheduled()),
        ("smaller plan scheduled, the invoice of the larger one open", smaller(ordered(running("lago")).done())),
        ("smaller plan scheduled, the period over", scheduled().at(at("2026-05-01T12:00"))),
    ]
}

/// `vps`, where a change lapses with the first payment of it that fails.
pub const LAPSES: &str = "vps\nterms on_failure = \"lapse\"";
/// `vps`, where a change whose payment fails is made all the same.
pub const APPLIES: &str = "vps\nterms on_failure = \"apply\"";

fn failing() -> Vec<(&'static str, House)> {
    let unknown = || charged(APPLIES).settled(PaymentOutcome::Unknown);
    let missed = |house: House| house.time_is_up().does(|house| Command::LapsePlanChange { change: house.change_id() });
    vec![
        ("change waits to lapse if it fails, its card payment sent", charged(LAPSES)),
        ("change lapsed with its card payment", charged(LAPSES).settled(failed())),
        ("change waits to be made if it fails, its card payment sent", charged(APPLIES)),
        ("change waits to be made, for a transfer, and its time is up", ordered(running(APPLIES)).time_is_up()),
        ("change waits to be made, its card payment unknown, its period over", unknown().at(at("2026-05-01T12:00"))),
        ("change made when its card payment failed, its invoice open", charged(APPLIES).settled(failed())),
        ("change made when its time was up, its card payment unknown", missed(unknown())),
        ("change made for a period that is over, its invoice open", missed(unknown()).at(at("2026-05-01T12:00"))),
    ]
}

fn shared_credits() -> Vec<(&'static str, House)> {
    const SHARED: &str = "vps\nterms credits = \"prorate\", gate = \"none\"";
    let all_of =
        |amount: u32| move |house: &House| Command::UseCredits { subscription: house.subscription_id(), amount };
    let too_many = || smaller(started(SHARED, "m", BankTransfer).paid().done().does(all_of(40)));
    vec![
        ("30 of 40 hours given by both plans", ordered(running(SHARED))),
        ("more hours used than a downgrade leaves", too_many()),
        ("the same, the period over", too_many().at(at("2026-05-01T12:00"))),
        ("hours of the days before, on the free plan", smaller(running(SHARED))),
    ]
}

fn extend() -> Vec<(&'static str, House)> {
    const EXTEND: &str = "vps\nterms anchor = \"extend\"";
    let days = || ordered(running(EXTEND));
    let more_days_than_a_month = || smaller(started(EXTEND, "m", BankTransfer).paid().done());
    vec![
        ("days of the larger plan bought, service wanted", days()),
        ("days of the larger plan bought, and over", days().done().at(at("2026-04-18T12:00"))),
        ("more days of the smaller plan bought than a month has", more_days_than_a_month()),
        ("the same, two months later", more_days_than_a_month().done().at(at("2026-05-31T12:00"))),
        ("nothing was paid: the change waits", ordered(started(EXTEND, "s", BankTransfer).done())),
    ]
}

/// `vps`, where a change is made at once and settled with the next invoice.
pub const LATER: &str =
    "vps\nterms gate = \"none\", settle_charge = \"next_invoice\", settle_credit = \"next_invoice\"";

fn next_invoice() -> Vec<(&'static str, House)> {
    let over = |house: House| house.at(at("2026-05-01T12:00"));
    let renewed = |house: House| over(house).does(|house| renew(house, 1));
    let more = || ordered(running(LATER));
    let less = || smaller(started(LATER, "m", BankTransfer).paid().done());
    vec![
        ("upgrade made, what it costs waits", more()),
        ("upgrade made, what it costs waits, the first invoice open", ordered(started(LATER, "s", BankTransfer))),
        ("upgrade made, what it costs waits, the period over", over(more())),
        ("renewed, what waited on its open invoice", renewed(more())),
        ("downgrade made, what it gives waits", less()),
        ("renewed below nothing, the rest on the balance", renewed(less())),
    ]
}

/// `vps`, where the small plan has a trial that changes leave as it is.
pub const TRIAL_KEPT: &str = "vps\nterms trial = \"keep\"";
/// `vps`, where the small plan has a trial that ends with a change.
pub const TRIAL_ENDS: &str = "vps\nterms trial = \"end\"";

/// The same, where the trials of the small and the medium plan cost something, and the small one is set up once.
pub const TRIAL_PAID: &str = "vps\nterms trial = \"keep\", payment_hours = 48";

fn trials() -> Vec<(&'static str, House)> {
    let in_trial = |policy| started(policy, "s", BankTransfer);
    let over = |house: House| house.at(at("2026-04-15T12:00"));
    vec![
        ("in trial, service wanted", in_trial(TRIAL_KEPT)),
        ("in trial, service running", in_trial(TRIAL_KEPT).done()),
        ("in trial, the larger plan chosen in it", ordered(in_trial(TRIAL_KEPT).done())),
        ("in trial, and it is over", over(in_trial(TRIAL_KEPT).done())),
        ("the trial is over, the first invoice open", over(in_trial(TRIAL_KEPT).done()).does(|house| renew(house, 1))),
        ("in trial, a change waits that would end it", ordered(in_trial(TRIAL_ENDS).done())),
        ("in trial, the same, and the trial is over", over(ordered(in_trial(TRIAL_ENDS).done()))),
        ("the trial ended with a change that was paid", ordered(in_trial(TRIAL_ENDS).done()).paid()),
        ("in a trial that costs something, its invoice open, a setup to come", in_trial(TRIAL_PAID).done()),
        ("in a trial that costs something, paid, a setup to come", in_trial(TRIAL_PAID).paid().done()),
        (
            "in a trial that costs something, a change waits that makes it dearer",
            ordered(in_trial(TRIAL_PAID).paid().done()),
        ),
        ("in a trial that a change made dearer", ordered(in_trial(TRIAL_PAID).paid().done()).paid()),
        ("in a trial that costs something, over and its invoice open", over(in_trial(TRIAL_PAID).done())),
    ]
}

/// `vps`, where the customer may choose the day.
pub const CHOOSES: &str = "vps\nterms choose_date = true";
/// A first period that is joined with the full one after the bill day.
pub const LONG: &str = "vps\nterms bill_day = 15, first_period = \"long\", anchor = \"keep\"";

fn chosen_day() -> Vec<(&'static str, House)> {
    let by = |pays_by| move |house: &House| submit_on(house, monthly("m"), date(2026, 4, 20), pays_by);
    let planned = || running(CHOOSES).does(by(BankTransfer));
    let by_card = || running(CHOOSES).does(by(Card(TestCard::Pays)));
    let on_its_day = |house: House| house.at(at("2026-04-20T00:00"));
    let begun = |house: House| house.does(|house| Command::BeginPlanChange { change: house.change_id() });
    let small = |house: &House| submit_on(house, monthly("s"), date(2026, 4, 20), BankTransfer);
    let larger = || started(CHOOSES, "m", BankTransfer);
    let late = || planned().at(at("2026-05-03T00:00"));
    vec![
        ("change waits for its day", planned()),
        ("change waits for its day, which has come", on_its_day(planned())),
        ("change waits for its day, which has come, to be paid by card", on_its_day(by_card())),
        (
            "change waits for its day, which has come, 500.00 on the balance",
            on_its_day(rich(CHOOSES).does(by(BankTransfer))),
        ),
        ("change waits for its day, and its period is over", late()),
        ("change begun on its day, waits for a transfer", begun(on_its_day(planned()))),
        ("change begun on its day, its card payment sent", begun(on_its_day(by_card()))),
        ("change begun when its period was over, waits for a transfer", begun(late())),
        ("smaller plan waits for its day", larger().paid().done().does(small)),
        ("smaller plan waits for its day, which has come", on_its_day(larger().paid().done().does(small))),
        ("smaller plan begun on its day and made", begun(on_its_day(larger().paid().done().does(small)))),
        ("smaller plan waits for its day, the first invoice open", larger().done().does(small)),
    ]
}

/// Balance can be paid out for a fee, of which every part of a minor unit counts.
pub const PAYS_OUT: &str = "vps\nterms cash_out_fee = \"10\", rounding = \"up\"";

fn paid_out() -> Vec<(&'static str, House)> {
    let with_balance = || running(PAYS_OUT).does(|house| transfer(house, None, eur(2000)));
    let requested = || with_balance().does(|house| request_payout(house, 1500));
    vec![
        ("20.00 on the balance", with_balance()),
        (
            "20.00 on the balance, 5.00 of them granted",
            running(PAYS_OUT).does(goodwill_of(500)).does(|house| transfer(house, None, eur(1500))),
        ),
        ("a payout of 15.00 is asked for", requested()),
        ("a payout was sent", requested().does(|house| confirm_payout(house, "out 1"))),
        ("a payout came back", requested().does(|house| return_payout(house, "closed"))),
    ]
}

fn long_first_period() -> Vec<(&'static str, House)> {
    let in_may = |house: House| house.at(at("2026-05-02T12:00"));
    let over = |house: House| house.at(at("2026-05-15T12:00"));
    vec![
        ("first invoice open, to be paid by transfer", started(LONG, "s", BankTransfer)),
        ("paid and running, before the bill day", running(LONG)),
        ("paid and running, in the full period after it", in_may(running(LONG))),
        ("change waits for a transfer, ordered before the bill day", ordered(running(LONG))),
        ("change waits for a transfer, ordered after the bill day", ordered(in_may(running(LONG)))),
        ("change applied before the bill day", ordered(running(LONG)).paid()),
        ("paid and running, and the first period is over", over(running(LONG))),
    ]
}

/// `vps`, where a renewal that is not paid is tried again twice, and access is restricted after two days.
pub const DUNS: &str = "vps\ndunning retries = { offsets = [1, 2] }, grace_days = 2, after_grace = \"restrict\"";

fn dunned() -> Vec<(&'static str, House)> {
    let renewed = |house: House| house.done().at(at("2026-05-01T00:00")).does(|house| renew(house, 1));
    let by_card = || renewed(started(DUNS, "s", Card(TestCard::Pays)).settles_in_full());
    let by_transfer = || renewed(started(DUNS, "s", BankTransfer).paid());
    let once = || by_card().settled(failed());
    let on = |house: House, day: &str| house.at(at(day));
    let first = || on(once(), "2026-05-02T00:00");
    let tried = || first().does(|house| retry(house, 1));
    let last = || on(tried().settled(failed()), "2026-05-03T00:00");
    let used_up = || last().does(|house| retry(house, 1)).settled(failed());
    let over = |house: &House| Command::RestrictAccess { invoice: house.oldest_open() };
    let restricted = || used_up().does(over);
    let again = || on(restricted().done(), "2026-06-01T00:00").does(|house| renew(house, 1));
    vec![
        ("renewed, its card payment sent", by_card()),
        ("renewed, its card payment failed", once()),
        ("the first retry is due", first()),
        (
            "the first retry is due, while the customer pays by card",
            first().does(|house| Command::PayInvoice { invoice: house.oldest_open(), card: TestCard::Pays }),
        ),
        ("the first retry sent", tried()),
        ("the last retry and the end of the grace are due", last()),
        ("the last retry failed, and the grace is over", used_up()),
        ("access restricted, the service not yet", restricted()),
        ("access restricted", restricted().done()),
        ("access restricted, the next period renewed", again()),
        ("access restricted, the next period renewed, its payment failed", again().settled(failed())),
        ("paid, access not yet back", restricted().done().paid()),
        ("renewed, waits for a transfer", by_transfer()),
        ("the time to pay by transfer is over, and the grace", on(by_transfer(), "2026-05-18T00:00")),
    ]
}

/// The terms under which an unpaid renewal ends its subscription.
const ENDS: &str = "vps\ndunning retries = { offsets = [1] }, grace_days = 2, after_grace = \"cancel\"";

fn cancelled() -> Vec<(&'static str, House)> {
    let scheduled = || running("vps").does(|house| cancel(house, When::PeriodEnd, Asker::Customer));
    let now = |house: House| house.does(|house| cancel(house, When::Now, Asker::Staff));
    let ended = || now(running("vps"));
    let by_card = || started(ENDS, "s", Card(TestCard::Pays)).settles_in_full().done();
    let renewed = || by_card().at(at("2026-05-01T00:00")).does(|house| renew(house, 1)).settled(failed());
    let over = || {
        let tried = renewed().at(at("2026-05-02T00:00")).does(|house| retry(house, 1)).settled(failed());
        tried.at(at("2026-05-03T00:00"))
    };
    let unpaid = || over().does(|house| Command::CancelUnpaid { invoice: house.oldest_open() });
    vec![
        ("cancelled, the period goes on", scheduled()),
        ("cancelled, the period is over", scheduled().at(at("2026-05-01T12:00"))),
        ("ended, the service not yet", ended()),
        ("ended, the service failed", ended().reports(broken())),
        ("ended, and nothing of it is open", ended().done()),
        ("ended, its first invoice never paid", now(started("vps", "s", BankTransfer).done())),
        ("ended while its card payment is sent", now(started("vps", "s", Card(TestCard::Pays)).done())),
        ("not paid, its last retry is over", renewed().at(at("2026-05-02T12:00"))),
        ("not paid, and the grace is over", over()),
        ("ended unpaid, the service not yet", unpaid()),
        ("ended unpaid, and a part of it is owed", unpaid().done()),
    ]
}

/// A paid subscription of the small plan whose service runs.
pub fn running(policy: &str) -> House {
    started(policy, "s", BankTransfer).paid().done()
}

/// An account without anything in it.
pub fn opened(policy: &str) -> House {
    House::new(policy).does(|_| open("Alice"))
}

fn started(policy: &str, plan: &str, pays_by: PaymentChoice) -> House {
    opened(policy).does(|_| start(monthly(plan), pays_by)).at(at("2026-04-11T12:00"))
}

fn rich(policy: &str) -> House {
    running(policy).does(goodwill_of(50_000))
}

/// The upgrade is submitted, to be paid by transfer.
fn ordered(house: House) -> House {
    house.does(|house| submit(house, monthly("m"), BankTransfer))
}

/// The upgrade is submitted, and a card is charged.
fn charged(policy: &str) -> House {
    running(policy).does(|house| submit(house, monthly("m"), Card(TestCard::Pays)))
}

/// The next smaller plan.
fn smaller(house: House) -> House {
    let plan = if house.basket().plan == "m" { "s" } else { "free" };
    house.does(|house| submit(house, monthly(plan), BankTransfer))
}

/// On the free plan again before the first invoice was paid, on its very day.
fn given_back(policy: &str, pays_by: PaymentChoice) -> House {
    let house = opened(policy).does(|_| start(monthly("s"), pays_by));
    house.does(|house| submit(house, monthly("free"), BankTransfer))
}

fn withdrawn(house: House) -> House {
    house.does(|house| Command::WithdrawPlanChange { change: house.change_id() })
}

fn goodwill_of(minor: i64) -> impl Fn(&House) -> Command {
    move |_| goodwill(eur(minor), "an outage")
}

fn captured(minor: i64) -> PaymentOutcome {
    PaymentOutcome::Captured { amount: eur(minor) }
}

fn failed() -> PaymentOutcome {
    PaymentOutcome::Failed { reason: "declined".to_owned() }
}

fn broken() -> ModuleReport {
    ModuleReport::Failed { reason: "the host is full".to_owned() }
}

impl House {
    /// Moves on by a command that must be accepted.
    fn does(mut self, make: impl Fn(&Self) -> Command) -> Self {
        let command = make(&self);
        let name = command.name();
        match self.ask(command) {
            Ok(Step::Decided(..)) => self,
            Ok(Step::Refused(refusal)) => panic!("{name} on the way to a scene: {refusal}"),
            Ok(Step::Known) => panic!("{name} on the way to a scene was known already"),
            Err(bug) => panic!("{name} on the way to a scene: {bug}"),
        }
    }

    /// The newest invoice is paid by transfer.
    fn paid(self) -> Self {
        self.does(|house| transfer(house, Some(house.invoice_id()), house.due(house.invoice_id())))
    }

    fn settled(self, outcome: PaymentOutcome) -> Self {
        self.does(|house| settle(house, outcome.clone()))
    }

    fn settles_in_full(self) -> Self {
        self.does(|house| settle(house, PaymentOutcome::Captured { amount: house.attempt_amount() }))
    }

    fn reports(self, what: ModuleReport) -> Self {
        self.does(|house| report(house, 0, what.clone()))
    }

    /// The service has what was wanted.
    pub fn done(self) -> Self {
        self.does(|house| report(house, 0, read_back(house)))
    }

    /// The moment at which the open change lapses.
    fn time_is_up(self) -> Self {
        let change = self.subscription().and_then(|subscription| subscription.change.clone());
        let change = change.expect("an open change");
        let ChangeState::AwaitsPayment { lapses_at } = change.state else { panic!("{:?} does not wait", change.state) };
        self.at(lapses_at)
    }
}

/// `vps` as it is, in a shop that bills the small plan in arrears.
pub const IN_ARREARS: &str = "vps\nterms payment_hours = 72";

fn arrears() -> Vec<(&'static str, House)> {
    let over = |house: House| house.at(at("2026-05-01T12:00"));
    let renewed = |house: House| over(house).does(|house| renew(house, 1));
    let small = || started(IN_ARREARS, "s", BankTransfer).done();
    let down = || smaller(started(IN_ARREARS, "m", BankTransfer).paid().done());
    vec![
        ("in arrears, nothing due, service wanted", started(IN_ARREARS, "s", BankTransfer)),
        ("in arrears, nothing due, service running", small()),
        ("in arrears, the period over", over(small())),
        ("in arrears, renewed, the invoice of the period before open", renewed(small())),
        ("from arrears to advance: the change waits for a transfer", ordered(small())),
        ("from arrears to advance: made and paid", ordered(small()).paid()),
        ("from advance to arrears: made, the rest of the old on the balance", down()),
        ("from advance to arrears: the same, the period over", over(down())),
    ]
}
