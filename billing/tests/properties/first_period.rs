//! Long first periods, day by day: what they cost, and what becomes of one whose seller counts otherwise since.

use billing::account::Account;
use billing::calendar::{Cycle, Zone};
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Actor, Asker, Command, Envelope, PaymentChoice};
use billing::decide::{Facts, decide, quote_plan_change};
use billing::id::{AccountId, CommandId};
use billing::laws;
use billing::money::Currency;
use billing::policy::Policies;
use billing::quote::{PlanChangeRequest, Quote};
use billing::scenario::Story;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use uuid::Uuid;

/// A price of which a 28th, a 29th, a 30th and a 31st are whole minor units.
const PRICE: i64 = 377_580;

/// Two plans, the second at twice that price, under terms.
fn shop(terms: &str) -> Catalogue {
    let text = format!(
        "# long\npolicy vps\nterms anchor = \"keep\", {terms}\nplan s 3775.80 EUR monthly\nplan m 7551.60 EUR monthly\n\
         given 2026-01-01 a on s monthly\nexpect on s\n"
    );
    Story::parse(&text).expect("a story").catalogue
}

fn basket(plan: &str) -> Basket {
    Basket { plan: plan.into(), cycle: Cycle::MONTH, options: Default::default() }
}

fn moment(day: Date) -> Timestamp {
    Zone::utc().midnight(day)
}

/// An account that starts on the small plan on a day.
fn started(catalogue: &Catalogue, day: Date) -> Account {
    let open = Command::OpenAccount {
        storefront: "story".to_owned(),
        name: "Alice".to_owned(),
        email: "alice@example.org".to_owned(),
        zone: Zone::utc(),
        currency: Currency::parse("EUR").expect("a currency"),
    };
    let start = Command::StartSubscription {
        product: "server".to_owned(),
        basket: basket("s"),
        label: "server".to_owned(),
        starts: None,
        pays_by: PaymentChoice::BankTransfer,
    };
    let policies = Policies::presets();
    let commands = [open, start].into_iter().zip(1..);
    let account = commands.fold(None, |account: Option<Account>, (command, number)| {
        let envelope = Envelope {
            id: CommandId::from_seed(Uuid::from_u128(number << 32)),
            account: AccountId::from_uuid(Uuid::from_u128(7)),
            now: moment(day),
            actor: Actor::Staff("staff".to_owned()),
            key: None,
            command,
        };
        let facts = Facts { catalogue, policies: &policies };
        let decision = decide(facts, account.as_ref(), &envelope).expect("a decision");
        laws::check(account.as_ref(), &decision).expect("a right decision");
        Some(decision.account)
    });
    account.expect("an open account")
}

fn quote(catalogue: &Catalogue, account: &Account, day: Date) -> Quote {
    let subscription = account.subscriptions[0].id;
    let request =
        PlanChangeRequest { subscription, basket: basket("m"), asked_by: Asker::Customer, when: None, on: None };
    let policies = Policies::presets();
    quote_plan_change(Facts { catalogue, policies: &policies }, account, &request, moment(day)).expect("a quote")
}

/// What days cost, in minor units, each its part of the price in the month from bill day to bill day that it lies in.
fn walked(mut day: Date, until: Date, bill_day: i8) -> i64 {
    let mut cost = 0;
    while day < until {
        let mut begins = day;
        while begins.day() != bill_day {
            begins = begins.yesterday().expect("a date in range");
        }
        cost += PRICE / i64::from(begins.days_in_month());
        day = day.tomorrow().expect("a date in range");
    }
    cost
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn each_day_of_a_long_first_period_costs_its_part_of_its_own_month(
        start in 0i64..1_000, bill_day in 1i8..=28, cut_off in prop::option::of(1i8..=31), used in 0i64..62,
    ) {
        let start = date(2027, 1, 1).checked_add(start.days()).expect("a date in range");
        let joins = cut_off.map_or("first_period = \"long\"".to_owned(), |day| format!("cut_off_day = {day}"));
        let catalogue = shop(&format!("bill_day = {bill_day}, {joins}"));
        let account = started(&catalogue, start);
        let subscription = &account.subscriptions[0];
        let until = Zone::utc().date(subscription.period.until);
        prop_assert_eq!(subscription.coverage[0].net.minor, walked(start, until, bill_day));
        let day = start.checked_add(used.days()).expect("a date in range");
        if day < until {
            let quote = quote(&catalogue, &account, day);
            let left = walked(day, until, bill_day);
            let counted: Vec<i64> = quote.credits.iter().map(|line| line.amount.minor).collect();
            prop_assert_eq!(counted, [left]);
            prop_assert_eq!(quote.charge.minor, 2 * left);
            prop_assert_eq!(quote.period, subscription.period);
        }
    }
}

/// Of a month of 14 days no rest can be told from two of them, so what is left of the long period is given back and a new one
/// begins.
#[test]
fn a_change_under_months_of_few_days_ends_a_long_first_period() {
    let account = started(&shop("bill_day = 1, first_period = \"long\""), date(2026, 3, 17));
    let billed = account.subscriptions[0].coverage[0].net;
    assert_eq!(Zone::utc().date(account.subscriptions[0].period.until), date(2026, 5, 1));
    let few = shop("denominator = { fixed_days = 14 }, remainder = \"rounded\", carry = \"none\"");
    let quote = quote(&few, &account, date(2026, 4, 11));
    let [from, until] = [quote.period.from, quote.period.until].map(|instant| Zone::utc().date(instant));
    assert_eq!([from, until], [date(2026, 4, 11), date(2026, 5, 11)]);
    assert!(quote.credits[0].amount < billed);
    assert_eq!(quote.charge.minor, 2 * PRICE);
}
