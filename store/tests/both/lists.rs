//! Stories of lists and single reads: whole and stable pages, owners, search, the order of text.

use std::collections::BTreeSet;

use billing::document::DocumentKind;
use billing::ledger::LedgerAccount;
use store::{
    AccountFilter, AttemptFilter, ChangeFilter, Cursor, DocumentFilter, EffectFilter, LogFilter, MailFilter, Page,
    PostingFilter, SubscriptionFilter, Window,
};

use crate::world::{World, account_id};

/// Walks a list in pages of a size; in between, `meanwhile` may add rows.
pub fn walk<T>(limit: u32, mut page: impl FnMut(&Window) -> Page<T>, mut meanwhile: impl FnMut()) -> Vec<T> {
    let mut rows = Vec::new();
    let mut window = Window::first(limit);
    loop {
        let found = page(&window);
        assert!(found.rows.len() <= limit as usize);
        rows.extend(found.rows);
        match found.next {
            // The cursor goes through its text, as it does in an address.
            Some(next) => window.after = Some(Cursor::parse(&next.to_string()).expect("a cursor reads")),
            None => return rows,
        }
        meanwhile();
    }
}

stories! {
    fn pages_are_complete_and_stable(world) {
        let mut world = world;
        for n in 1..=25 {
            world.open(n);
            if n % 4 == 0 {
                world.wait(1);
            }
        }
        let store = world.store.clone();
        let mut late = 100;
        let listed = walk(
            7,
            |window| store.accounts(&AccountFilter::default(), window).expect("it reads"),
            || {
                late += 1;
                world.wait(1);
                world.open(late);
            },
        );
        let ids: Vec<_> = listed.iter().map(|row| row.account.id).collect();
        assert_eq!(ids.len(), 25, "rows added meanwhile are newer and do not shift the pages");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 25);
        assert!(listed.is_sorted_by(|a, b| (a.account.opened_at, a.account.id) > (b.account.opened_at, b.account.id)));

        let mut walked = Vec::new();
        while let Some(last) = store.account_ids(walked.last().copied(), 4).expect("it reads").last().copied() {
            walked.push(last);
        }
        assert_eq!(walked.len(), 28_usize.div_ceil(4));
    }

    fn every_list_reads_and_keeps_to_its_owner(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        let stranger = world.open(2);
        let store = &world.store;
        let all = Window::first(200);
        for (owner, expected) in [(None, true), (Some(account), true), (Some(stranger), false)] {
            let subscriptions = SubscriptionFilter { account: owner, ..Default::default() };
            let documents = DocumentFilter { account: owner, ..Default::default() };
            let changes = ChangeFilter { account: owner, ..Default::default() };
            let attempts = AttemptFilter { account: owner, ..Default::default() };
            let postings = PostingFilter { account: owner, ..Default::default() };
            let effects = EffectFilter { account: owner, ..Default::default() };
            let found = [
                store.subscriptions(&subscriptions, &all).expect("it reads").rows.len(),
                store.documents(&documents, &all).expect("it reads").rows.len(),
                store.changes(&changes, &all).expect("it reads").rows.len(),
                store.attempts(&attempts, &all).expect("it reads").rows.len(),
                store.postings(&postings, &all).expect("it reads").rows.len(),
                store.effects(&effects, &all).expect("it reads").rows.len(),
            ];
            assert!(found.iter().all(|count| (*count > 0) == expected), "{owner:?}: {found:?}");
        }
        assert_eq!(store.mails(&MailFilter::default(), &all).expect("it reads").rows.len(), 0);
        let log = store.log(&LogFilter { account: Some(stranger), name: None }, &all).expect("it reads");
        assert_eq!(log.rows.len(), 1);

        for (owner, expected) in [(None, true), (Some(account), true), (Some(stranger), false)] {
            let change = store.changes(&ChangeFilter::default(), &all).expect("it reads").rows[0].change.id;
            let attempt = store.attempts(&AttemptFilter::default(), &all).expect("it reads").rows[0].attempt.id;
            let effect = store.effects(&EffectFilter::default(), &all).expect("it reads").rows[0].effect.id;
            let found = [
                store.subscription(owner, started.subscription).expect("it reads").is_some(),
                store.subscription_of_service(owner, started.service).expect("it reads").is_some(),
                store.document(owner, started.invoice).expect("it reads").is_some(),
                store.document_by_number(owner, "vps", "INV-2027-0001").expect("it reads").is_some(),
                store.change(owner, change).expect("it reads").is_some(),
                store.attempt(owner, attempt).expect("it reads").is_some(),
                store.effect(owner, effect).expect("it reads").is_some(),
            ];
            assert_eq!(found, [expected; 7], "{owner:?}");
        }
    }

    fn a_subscription_is_listed_with_its_plan_price_and_open_change(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        let row = world.store.subscription(Some(account), started.subscription).expect("it reads").expect("it is there");
        assert_eq!((row.plan.as_str(), row.plan_name.as_str()), ("small", "Small"));
        assert_eq!(row.recurring.minor, 1000);
        assert_eq!(row.account_name, "Customer 1");
        assert_eq!(row.service, world.load(account).subscriptions[0].service);
        let open = row.open_change.expect("a change waits");
        assert_eq!(open.to_plan, "Large");
        let invoice = world.store.document(None, open.document.expect("it has an invoice")).expect("it reads");
        let invoice = invoice.expect("it is there");
        assert!(invoice.invoice.is_some_and(|invoice| invoice.is_open()));
        assert!(!invoice.document.lines.is_empty());
        assert!(invoice.document.lines.iter().any(|line| line.derivation.is_some()));
        let total: i64 = invoice.document.lines.iter().map(|line| line.amount.minor).sum();
        assert_eq!(total, invoice.document.total.minor);
    }

    fn lists_can_be_narrowed(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        let (store, all) = (&world.store, Window::first(200));
        let open = DocumentFilter { state: Some("open".to_owned()), ..Default::default() };
        assert_eq!(store.documents(&open, &all).expect("it reads").rows.len(), 1);
        let notes = DocumentFilter { kind: Some(DocumentKind::CreditNote), ..Default::default() };
        let notes = store.documents(&notes, &all).expect("it reads").rows;
        assert!(!notes.is_empty() && notes.iter().all(|row| row.number.starts_with("CN-2027-")), "{notes:?}");
        let balance = PostingFilter { account: Some(account), ledger: Some(LedgerAccount::Balance) };
        let moved: i64 =
            store.postings(&balance, &all).expect("it reads").rows.iter().map(|row| row.posting.amount.minor).sum();
        assert_eq!(-moved, world.load(account).balance.minor);
        let waiting = ChangeFilter { state: Some("awaits_payment".to_owned()), ..Default::default() };
        assert_eq!(store.changes(&waiting, &all).expect("it reads").rows.len(), 1);
        let captured = AttemptFilter {
            invoice: Some(started.invoice),
            state: Some("captured".to_owned()),
            ..Default::default()
        };
        assert_eq!(store.attempts(&captured, &all).expect("it reads").rows.len(), 1);
    }

    fn a_customer_is_found_by_what_staff_have_at_hand(world) {
        let mut world = world;
        let (account, started) = world.full_life();
        for n in 2..=12 {
            world.open(n);
        }
        let find = |text: &str| {
            let filter = AccountFilter { search: Some(text.to_owned()), ..Default::default() };
            let found = world.store.accounts(&filter, &Window::first(200)).expect("it reads").rows;
            found.iter().map(|row| row.account.id).collect::<Vec<_>>()
        };
        for text in ["CUSTOMER1@", "small.example", "INV-2027-0001", "inv-2027-0001", &account.to_string()] {
            let found = find(text);
            assert_eq!(found, [account], "{text}");
        }
        assert_eq!(find(&started.service.to_string()), [account]);
        assert_eq!(find("customer 1").len(), 4);
        assert_eq!(find("%").len(), 0, "a percent sign is a letter like any other");
        assert_eq!(find("nobody").len(), 0);
        assert_eq!(find("' or 1=1 --").len(), 0);
    }

    fn text_sorts_by_its_bytes(world) {
        let mut world = world;
        let account = world.open(1);
        for name in ["b", "B", "a", "é", "A", "_", "aa"] {
            let catalogue = store::PublishedCatalogue {
                storefront: name.to_owned(),
                version: 1,
                digest: "d".to_owned(),
                body: "{}".to_owned(),
                published_at: world.now,
            };
            let published = world.store.publish_catalogue(&catalogue).expect("it is stored");
            assert_eq!(published, store::Published::Published);
        }
        let names: Vec<_> = world.store.storefronts().expect("they read").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["A", "B", "_", "a", "aa", "b", "é"]);
        assert_eq!(account, account_id(1));
    }

    fn catalogues_are_published_in_order(world) {
        let catalogue = |version| store::PublishedCatalogue {
            storefront: "vps".to_owned(),
            version,
            digest: format!("digest {version}"),
            body: format!("{{\"version\":{version}}}"),
            published_at: world.now,
        };
        use store::Published::{NotNext, Published};
        let publish = |version| world.store.publish_catalogue(&catalogue(version)).expect("it is stored");
        assert_eq!(publish(2), NotNext { newest: 0 });
        assert_eq!(publish(1), Published);
        assert_eq!(publish(1), NotNext { newest: 1 });
        assert_eq!(publish(3), NotNext { newest: 1 });
        assert_eq!(publish(2), Published);
        assert_eq!(world.store.newest_catalogue("vps").expect("it reads"), Some(catalogue(2)));
        assert_eq!(world.store.catalogue("vps", 1).expect("it reads"), Some(catalogue(1)));
        assert_eq!(world.store.catalogue("other", 1).expect("it reads"), None);
        assert!(world.by_hand("update catalogues set body = '{}'").is_err(), "a published version never changes");
        let mut world = world;
        let account = world.open(1);
        let loaded = world.store.load(account, None, world.now).expect("it loads");
        assert_eq!(loaded.catalogue_version, 2);
    }
}
