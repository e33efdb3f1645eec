//! What a quote of 5 old and 5 new items costs to count, with tax and explanations, beside the bare arithmetic of the same
//! lines: in instructions, which do not depend on what else the machine does, and in time, by turns.
//!
//! `cargo bench -p billing --bench quote` prints the table; `-- --guard` also fails where a quote takes more
//! instructions than `MOST`. Instructions are counted by valgrind, on a second run of this program.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark runs, measures and prints"
)]

use std::hint::black_box;
use std::process::Command as Process;
use std::time::Instant;

use billing::account::{Account, Component, Item, Subscription};
use billing::calendar::{Anchor, Cycle, Zone};
use billing::carry::Carry;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Asker, PaymentChoice};
use billing::coverage::Segment;
use billing::decide::{Facts, quote_plan_change};
use billing::id::{AccountId, ItemId, SegmentId, ServiceId, SubscriptionId};
use billing::money::{Currency, Money};
use billing::policy::{Policies, PolicyRef};
use billing::quote::PlanChangeRequest;
use billing::service::{Access, Progress, Service};
use jiff::Timestamp;
use uuid::Uuid;

/// The most instructions a whole quote may take.
const MOST: u64 = 20_500;
/// How often each is done for a count of instructions.
const TURNS: u64 = 2_000;

const SHOP: &str = r#"
storefront = "bench"
version = 1
brand = "Bench"
accent = "ember"
support_email = "help@bench.example"
language = "en"
zone = "Europe/Berlin"
currency = "EUR"
bank_account = "DE02"
tax = { name = "VAT", percent = "19" }
[[products]]
code = "server"
name = "Server"
policy = "vps"
module = "none"
customers_may_change = true
"#;

/// An account with a plan and four options, and a request that changes all five.
struct Case {
    catalogue: Catalogue,
    policies: Policies,
    account: Account,
    request: PlanChangeRequest,
    at: Timestamp,
}

fn euros(minor: i64) -> Money {
    Money::new(minor, Currency::parse("EUR").expect("a listed currency"))
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn case() -> Case {
    let mut shop = SHOP.to_owned();
    for (plan, price) in [("small", "10.00"), ("large", "47.13")] {
        shop.push_str(&format!(
            "[[products.plans]]\ncode = \"{plan}\"\nname = \"{plan}\"\nsize = {{ cpus = 1, memory_mb = 2048 }}\n\
             prices = [{{ cycle = \"month\", amount = \"{price}\", currency = \"EUR\" }}]\n"
        ));
    }
    for n in 0..4 {
        shop.push_str(&format!(
            "[[products.options]]\ncode = \"option{n}\"\nname = \"Option {n}\"\nunit = \"GB\"\nmax = 9\n\
             resource = \"resource{n}\"\nper_unit = 1\n\
             prices = [{{ cycle = \"month\", amount = \"{n}.37\", currency = \"EUR\" }}]\n"
        ));
    }
    let catalogue = Catalogue::from_toml(&shop).expect("a catalogue");
    let zone = Zone::parse("Europe/Berlin").expect("a zone");
    let anchor = Anchor { start: "2027-03-14T00:00".parse().expect("a moment"), cycle: Cycle::MONTH };
    let period = anchor.period(0, &zone);
    let tax_rate = catalogue.tax.clone();
    let policy = PolicyRef::try_from("vps@1".to_owned()).expect("a reference");
    let mut items = Vec::new();
    let mut coverage = Vec::new();
    for n in 0..5_i64 {
        let (component, code, price) = match n {
            0 => (Component::Plan, "small".to_owned(), 1000),
            n => (Component::Option(format!("option{}", n - 1).into()), format!("option{}", n - 1), (n - 1) * 100 + 37),
        };
        let item = ItemId::from_uuid(id(10 + n.unsigned_abs() as u128));
        let net = euros(price);
        items.push(Item {
            id: item,
            component,
            text: code.clone().into(),
            code: code.clone().into(),
            unit_price: net,
            tiers: None,
            discount: None,
            cycle: Cycle::MONTH,
            quantity: 1,
            catalogue_version: 1,
        });
        coverage.push(Segment {
            id: SegmentId::from_uuid(id(20 + n.unsigned_abs() as u128)),
            item,
            text: code.clone().into(),
            code: code.into(),
            span: period,
            shares_first_day: false,
            bought: None,
            of_trial: false,
            list: net,
            discount: None,
            cycle: Cycle::MONTH,
            quantity: 1,
            gross: net,
            net,
            tax: Money::new(net.minor * 19 / 100, net.currency),
            tax_rate: tax_rate.clone(),
            collected: net,
            policy: policy.clone(),
            document: None,
        });
    }
    let subscription = Subscription {
        id: SubscriptionId::from_uuid(id(2)),
        product: "server".to_owned(),
        started_at: period.from,
        anchor,
        period_no: 0,
        periods_before: 0,
        period,
        trial_until: None,
        billed: Default::default(),
        items,
        coverage,
        change: None,
        service: Service {
            id: ServiceId::from_uuid(id(3)),
            label: "web".to_owned(),
            module: "none".to_owned(),
            desired: Default::default(),
            access: Access::Full,
            generation: 1,
            package: None,
            observed: None,
            observed_generation: 0,
            progress: Progress::Done,
            progress_at: period.from,
        },
        pays_by: PaymentChoice::BankTransfer,
        credits: None,
        carry: Carry::default(),
        one_time: Default::default(),
        waiting: Vec::new(),
        usage: Vec::new(),
        replaced: None,
        cancellation: None,
        full_refund_until: None,
    };
    let nothing = euros(0);
    let account = Account {
        id: AccountId::from_uuid(id(1)),
        version: 1,
        storefront: "bench".to_owned(),
        name: "Ada".to_owned(),
        email: "ada@example.org".to_owned(),
        zone,
        currency: nothing.currency,
        opened_at: period.from,
        balance: nothing,
        reserved: nothing,
        backing: billing::payout::Backing::nothing(nothing.currency),
        log_hash: String::new(),
        subscriptions: vec![subscription],
        invoices: Vec::new(),
        attempts: Vec::new(),
        had: Vec::new(),
        payout: None,
    };
    let options = (0..4).map(|n| (format!("option{n}").into(), 2)).collect();
    let request = PlanChangeRequest {
        subscription: SubscriptionId::from_uuid(id(2)),
        basket: Basket { plan: "large".into(), cycle: Cycle::MONTH, options },
        asked_by: Asker::Customer,
        when: None,
        on: None,
    };
    let at = "2027-04-01T10:00:00Z".parse().expect("an instant");
    Case { catalogue, policies: Policies::presets(), account, request, at }
}

fn quote(case: &Case) -> i64 {
    let facts = Facts { catalogue: &case.catalogue, policies: &case.policies };
    let quote = quote_plan_change(facts, black_box(&case.account), black_box(&case.request), black_box(case.at));
    quote.expect("a quote").total.minor
}

/// The arithmetic alone: ten lines over days that are known, their tax by largest remainder, nothing explained.
fn bare(prices: &[(i64, i64); 5]) -> i64 {
    // 14 March to 14 April, changed on 1 April.
    let (from, whole) = black_box((18_i64, 31_i64));
    let round = |amount: i64, part: i64| {
        let twice = 2 * i128::from(amount) * i128::from(part) + i128::from(whole);
        i64::try_from(twice / (2 * i128::from(whole))).expect("a share inside 64 bits")
    };
    let mut credit = 0;
    let mut credit_tax = 0;
    let mut charges = [0_i64; 5];
    for (at, (old, new)) in prices.iter().enumerate() {
        let kept = round(*old, from);
        credit += old - kept;
        let tax = old * 19 / 100;
        credit_tax += tax - if *old == 0 { 0 } else { (2 * tax * kept + old) / (2 * old) };
        charges[at] = new - round(*new, from);
    }
    let charge: i64 = charges.iter().sum();
    let tax = (2 * charge * 19 + 100) / 200;
    let mut taxes = charges.map(|line| (tax * line / charge, tax * line % charge));
    let mut left = tax - taxes.iter().map(|(whole, _)| whole).sum::<i64>();
    while left > 0 {
        let largest = (0..5).max_by_key(|at| taxes[*at].1).expect("five lines");
        taxes[largest] = (taxes[largest].0 + 1, -1);
        left -= 1;
    }
    charge + taxes.iter().map(|(whole, _)| whole).sum::<i64>() - credit - credit_tax
}

const PRICES: [(i64, i64); 5] = [(1000, 4713), (37, 74), (137, 274), (237, 474), (337, 674)];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let case = case();
    if let Some(what) = arguments.iter().find_map(|argument| argument.strip_prefix("--turns-of=")) {
        let mut sum = 0_i64;
        for _ in 0..TURNS {
            sum = sum.wrapping_add(match what {
                "quote" => quote(&case),
                "bare" => bare(black_box(&PRICES)),
                _ => black_box(0),
            });
        }
        println!("{sum}");
        return;
    }
    assert_eq!(quote(&case), bare(&PRICES), "the bare arithmetic comes to another amount");
    let floor = instructions("nothing");
    let (quoted, bared) = (instructions("quote") - floor, instructions("bare") - floor);
    let (quoted, bared) = (quoted / TURNS, bared / TURNS);
    println!("instructions   quote {quoted:>7}   bare arithmetic {bared:>5}   guard {MOST}");
    let mut rounds: Vec<(u128, u128)> =
        (0..41).map(|_| (time(|| quote(&case)), time(|| bare(black_box(&PRICES))))).collect();
    rounds.sort_unstable();
    let quote_ns = rounds[rounds.len() / 2].0;
    rounds.sort_unstable_by_key(|round| round.1);
    let bare_ns = rounds[rounds.len() / 2].1;
    println!("median time    quote {quote_ns:>5} ns   bare arithmetic {bare_ns:>3} ns");
    if arguments.iter().any(|argument| argument == "--guard") && quoted > MOST {
        println!("a quote takes {quoted} instructions, and at most {MOST} are allowed");
        std::process::exit(1);
    }
}

/// Nanoseconds of one, over a thousand.
fn time(what: impl Fn() -> i64) -> u128 {
    let began = Instant::now();
    for _ in 0..1000 {
        black_box(what());
    }
    began.elapsed().as_nanos() / 1000
}

/// The instructions of a run of this program that does one thing `TURNS` times.
fn instructions(what: &str) -> u64 {
    let own = std::env::current_exe().expect("a path to this program");
    let ran = Process::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(own)
        .arg(format!("--turns-of={what}"))
        .output()
        .expect("valgrind, which counts instructions: install the package valgrind");
    let said = String::from_utf8_lossy(&ran.stderr);
    let count = said.lines().find_map(|line| line.split("Collected : ").nth(1)?.trim().parse().ok());
    count.unwrap_or_else(|| panic!("valgrind said no count of instructions:\n{said}"))
}
