//! Where the time of one quote and one submission goes: each part of the path timed by itself on SQLite, warm, without
//! HTTP and without the disk. Not judged; it says where to look when a ratio is.

use std::path::Path;

use billing::command::{Actor, Command, Envelope, PaymentChoice};
use billing::decide::{Facts, decide, quote_plan_change};
use billing::effect::TestCard;
use billing::id::CommandId;
use billing::laws;
use midcycle::api::auth::create_key;
use store::Location;

use crate::books::{Original, Person, engine_on, now, quoted_at};
use crate::rounds::median_us;

/// Prints the parts.
pub fn print(original: &Original, folder: &Path) {
    let engine = engine_on(&Location::Sqlite(original.copy(folder, "parts")));
    let store = engine.store();
    let people = &original.people[..500];
    let catalogue = engine.catalogue("vps").expect("the catalogue");
    let facts = Facts { catalogue: &catalogue, policies: engine.policies() };
    let key = create_key(store, "benchmark", false, None, now()).expect("a key");
    let key = key.split('_').nth(2).expect("the id of the key").to_owned();

    let show = |what: &str, each: &mut dyn FnMut(&Person)| {
        median_us(&people[..100], &mut *each);
        println!("{:>9.1} µs  {what}", median_us(people, each));
    };
    println!("Parts of a quote and of a submission, one thread, medians:");
    show("find the API key", &mut |_| drop(store.api_key(&key)));
    show("find the subscription of a service", &mut |person| {
        drop(store.subscription_of_service(None, person.service));
    });
    show("load an account", &mut |person| drop(store.load(person.account, None, now())));
    let accounts: Vec<_> = people
        .iter()
        .map(|person| engine.account(person.account, now()).expect("a book that reads").expect("the account"))
        .collect();
    let timed = |what: &str, each: &mut dyn FnMut(&usize)| {
        let places: Vec<usize> = (0..people.len()).collect();
        median_us(&places[..100], &mut *each);
        println!("{:>9.1} µs  {what}", median_us(&places, each));
    };
    let quoted = |place: usize| {
        quote_plan_change(facts, &accounts[place], &people[place].request, quoted_at()).expect("a quote")
    };
    timed("count a quote (pure)", &mut |place| drop(quoted(*place)));
    let quotes: Vec<_> = (0..people.len()).map(quoted).collect();
    timed("sign it", &mut |place| drop(engine.sign(&quotes[*place])));
    show("Engine::quote", &mut |person| drop(engine.quote(person.account, &person.request, now())));

    let envelopes: Vec<Envelope> = (0..people.len())
        .map(|place| Envelope {
            id: CommandId::from_seed(accounts[place].id.uuid()),
            account: people[place].account,
            now: quoted_at(),
            actor: Actor::System,
            key: Some("benchmark".to_owned()),
            command: Command::SubmitPlanChange {
                request: people[place].request.clone(),
                quoted_at: quoted_at(),
                digest: quotes[place].digest(),
                shown: Box::new(quotes[place].summary()),
                pays_by: PaymentChoice::Card(TestCard::Pays),
            },
        })
        .collect();
    let decided = |place: usize| decide(facts, Some(&accounts[place]), &envelopes[place]).expect("a decision");
    timed("decide a submission (pure)", &mut |place| drop(decided(*place)));
    let decisions: Vec<_> = (0..people.len()).map(decided).collect();
    timed("check the laws", &mut |place| {
        laws::check(Some(&accounts[*place]), &decisions[*place]).expect("laws that hold");
    });
    timed("commit it, without sync", &mut |place| {
        // The warm-up has committed the first hundred: those are conflicts, and too few to move the middle.
        drop(store.commit(Some(&accounts[*place]), &decisions[*place]));
    });
    println!();
}
