//! A storefront that speaks another language: no page of its customers says anything in English.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use midcycle::ui::Language;
use midcycle::ui::language::files;

use crate::world::{Browser, Page, World};
use crate::{review, send};

/// What English alone says, as it stands between placeholders: sentences and words that no text of the language has.
fn english_alone(language: Language) -> BTreeSet<String> {
    let theirs: String = files(language).into_iter().map(|(_, text)| text).collect();
    let mut alone = BTreeSet::new();
    for (_, file) in files(Language::English) {
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let value = line.split_once(" = ").map_or(line, |(_, value)| value);
            let value = value.split_once("] ").filter(|_| line.starts_with("  ")).map_or(value, |(_, value)| value);
            for part in value.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)) {
                let part = part.trim_matches(|letter: char| !letter.is_alphabetic());
                let is_sentence = part.matches(' ').count() > 1;
                let is_word = part.chars().next().is_some_and(char::is_uppercase) && part.len() > 3;
                if (is_sentence || is_word) && !theirs.contains(part) {
                    alone.insert(part.to_owned());
                }
            }
        }
    }
    assert!(alone.len() > 300, "only {} texts to look for", alone.len());
    alone
}

struct Reader {
    tag: &'static str,
    english: BTreeSet<String>,
}

impl Reader {
    #[track_caller]
    fn reads(&self, page: &Page) {
        let words = format!(" {} ", page.words());
        let is_in = |text: &&String| {
            let around = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '-');
            words.match_indices(text.as_str()).any(|(at, _)| {
                around(words[..at].chars().next_back()) && around(words[at + text.len()..].chars().next())
            })
        };
        let left: Vec<_> = self.english.iter().filter(is_in).collect();
        assert!(left.is_empty(), "{left:?} in {words}");
        assert!(page.body.contains(&format!("<html lang=\"{}\"", self.tag)), "another language: {words}");
    }

    async fn opens(&self, browser: &mut Browser, path: &str) -> Page {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.words());
        self.reads(&page);
        page
    }
}

async fn walk(tag: &'static str) -> (World, Page, Page) {
    let language = Language::of(tag);
    let world = World::in_language_with_tax(tag);
    let reader = Reader { tag, english: english_alone(language) };
    let mut stranger = world.browser();
    reader.opens(&mut stranger, "/login").await;
    let refused = stranger.post("/login", &[("email", "alice@example.org"), ("password", "no"), ("next", "")]).await;
    reader.reads(&refused);

    let mut browser = world.logged_in("alice").await;
    let service = world.service(world.alice);
    for path in ["/dashboard", "/services", "/billing", "/documents", "/balance", "/settings", service.as_str()] {
        reader.opens(&mut browser, path).await;
    }
    for choice in ["", "?plan=large", "?plan=small", "?cycle=year", "?option_memory=2", "?plan=max", "?plan=gone"] {
        reader.opens(&mut browser, &format!("{service}/change{choice}")).await;
    }
    let missing = browser.get("/services/nothing").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    reader.reads(&missing);
    reader.reads(&browser.get(&format!("{service}/change?colour=red")).await);
    reader.reads(&browser.post("/settings/password", &[("current_password", "x"), ("new_password", "y")]).await);
    let fields = [("current_password", "x"), ("new_password", "y"), ("repeat_password", "y")];
    reader.reads(&browser.submit("/settings/password", &fields).await);

    // Up, by a card that is declined, then paid; down, to the balance.
    let up = review(&world, &mut browser, "plan=large").await;
    reader.reads(&up);
    reader.reads(&send(&world, &mut browser, &up, None).await);
    let sent = send(&world, &mut browser, &up, Some("card_declines")).await;
    let change = sent.location();
    reader.opens(&mut browser, &change).await;
    world.settle(world.alice, Some("the card was declined"));
    let change = change.split('?').next().unwrap_or_default().to_owned();
    for path in [&change, "/dashboard", "/services", "/billing", &service, &format!("{change}?notice=open")] {
        reader.opens(&mut browser, path).await;
    }
    let invoice = world.account(world.alice).invoices.iter().find(|one| one.is_open()).expect("an open invoice").id;
    let open = reader.opens(&mut browser, &format!("/documents/{invoice}")).await;
    let key = open.field("key");
    browser.submit(&format!("/documents/{invoice}/pay"), &[("key", &key), ("method", "card_pays")]).await;
    reader.opens(&mut browser, &format!("/documents/{invoice}")).await;
    reader.opens(&mut browser, &format!("{change}?notice=paying")).await;
    world.settle(world.alice, None);
    reader.opens(&mut browser, &format!("{change}?notice=paying")).await;
    world.provision(world.alice, Some("no room"));
    reader.opens(&mut browser, &change).await;
    reader.opens(&mut browser, &service).await;
    world.provision(world.alice, None);
    reader.opens(&mut browser, &change).await;
    let paid = reader.opens(&mut browser, &format!("/documents/{invoice}")).await;
    let down = review(&world, &mut browser, "plan=standard").await;
    reader.reads(&down);
    let made = send(&world, &mut browser, &down, None).await;
    reader.opens(&mut browser, &made.location()).await;
    // What was shown does not hold any more.
    let stale = send(&world, &mut browser, &down, None).await;
    if stale.status != StatusCode::SEE_OTHER {
        reader.reads(&stale);
    }
    for path in ["/documents", "/billing", service.as_str()] {
        reader.opens(&mut browser, path).await;
    }
    // What came back and the tax in it are one movement: the number stands in its words and as its document.
    let balance = reader.opens(&mut browser, "/balance").await;
    assert_eq!(balance.words().matches("CN-2027-0001").count(), 2, "{}", balance.words());
    world.provision(world.alice, None);
    let old = review(&world, &mut browser, "plan=large").await;
    world.pass(24 * 60);
    let outdated = send(&world, &mut browser, &old, Some("bank_transfer")).await;
    assert_eq!(outdated.status, StatusCode::CONFLICT, "{}", outdated.words());
    reader.reads(&outdated);
    (world, up, paid)
}

#[tokio::test]
async fn a_german_storefront_says_nothing_in_english() {
    let (_, review, paid) = walk("de").await;
    review.says("Standard, 14 von 30 Tagen ungenutzt 17.–30. April 2027");
    review.says("Heute zu zahlen 14,00 €");
    review.says("Upgrade auf Large und 14,00 € zahlen");
    review.says("Wie möchten Sie zahlen?");
    review.says("Dieses Angebot gilt bis");
    paid.says("Per Karte bezahlt am 17. April 2027");
    paid.says("Gesamtbetrag Darin enthalten: 2,23 € (19 % USt). 14,00 €");
}

#[tokio::test]
async fn a_japanese_storefront_says_nothing_in_english() {
    let (_, review, paid) = walk("ja").await;
    review.says("Standard、30日のうち14日分（未利用） 2027年4月17日～30日");
    review.says("本日のお支払い額 €14.00");
    review.says("Largeへのアップグレードを確定して€14.00を支払う");
    paid.says("カードでお支払い（2027年4月17日）");
}

#[tokio::test]
async fn staff_read_english_in_every_storefront() {
    let world = World::in_language("de");
    let mut browser = world.browser();
    let fields = [("email", "staff@fjordhost.example"), ("password", crate::world::PASSWORD), ("next", "/admin")];
    browser.post("/login", &fields).await;
    let page = browser.get("/admin/customers").await;
    assert!(page.body.contains("<html lang=\"en\""), "{}", page.words());
    page.says("Customers");
    let missing = browser.get("/admin/changes/nothing").await;
    assert!(missing.body.contains("<html lang=\"en\""), "{}", missing.words());
}
