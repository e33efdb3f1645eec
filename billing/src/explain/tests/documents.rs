//! Lines and documents, explained with their tax.

use jiff::Timestamp;

use super::*;
use crate::document::{Document, DocumentKind, DocumentLine, DocumentReason};
use crate::id::{ChangeId, DocumentId, SegmentId};
use crate::money::sum;
use crate::share::apportion;
use crate::tax::{SharedRate, TaxRate};

fn id<T>(parse: impl Fn(&str) -> Option<T>, prefix: &str) -> T {
    parse(&format!("{prefix}_00000000000000000000000000000001")).expect("an id")
}

fn vat(percent: &str, included: bool) -> Option<SharedRate> {
    Some(SharedRate::from(TaxRate {
        name: "VAT".to_owned(),
        percent: Percent::parse(percent).expect("a percentage"),
        included,
    }))
}

fn charge(derivation: Derivation, tax: &str, tax_rate: Option<SharedRate>) -> DocumentLine {
    DocumentLine {
        item: None,
        text: "Pro".into(),
        quantity: 1,
        span: None,
        amount: derivation.replay(),
        tax: eur(tax),
        tax_rate,
        segment: None,
        derivation: Some(derivation),
        metered: None,
    }
}

fn credit(derivation: Derivation, tax: &str, tax_rate: Option<SharedRate>) -> DocumentLine {
    let line = charge(derivation, tax, tax_rate);
    let segment = Some(id(|text| SegmentId::parse(text).ok(), "seg"));
    DocumentLine { amount: -line.amount, tax: -line.tax, segment, ..line }
}

fn document(kind: DocumentKind, reason: DocumentReason, lines: Vec<DocumentLine>) -> Document {
    let total = sum(eur("0").currency, lines.iter().map(DocumentLine::payable));
    Document {
        id: id(|text| DocumentId::parse(text).ok(), "doc"),
        kind,
        series: "INV-2027".to_owned(),
        number: Some(42),
        issued_at: Timestamp::UNIX_EPOCH,
        issued_on: jiff::civil::date(2027, 2, 14),
        total,
        reason,
        subscription: None,
        corrects: None,
        lines,
    }
}

fn plan_change() -> DocumentReason {
    DocumentReason::PlanChange { change: id(|text| ChangeId::parse(text).ok(), "chg") }
}

fn upgrade() -> Document {
    let old = Derivation { basis: Basis::Billed, ..days("9.00", 14, 28) };
    let lines = vec![credit(old, "0.86", vat("19", false)), charge(days("19.00", 14, 28), "1.81", vat("19", false))];
    document(DocumentKind::Invoice, plan_change(), lines)
}

#[test]
fn a_document_says_what_happened_and_what_it_adds_up_to() {
    let said = Language::ALL.map(|language| {
        let explained = upgrade().explain(None, language);
        assert!(explained.holds, "{explained:?}");
        (explained.headline, explained.taxes[0].sentence.clone(), explained.total_sentence)
    });
    let expected = [
        (
            "A plan change charges 11.31 EUR and gives back 5.36 EUR; to pay: 5.95 EUR.",
            "19% VAT on 5.00 EUR: 0.95 EUR.",
            "The lines add up to 5.00 EUR; with 0.95 EUR tax: 5.95 EUR.",
        ),
        (
            "Für den Tarifwechsel werden 11,31 EUR berechnet und 5,36 EUR gutgeschrieben; zu zahlen: 5,95 EUR.",
            "19 % VAT auf 5,00 EUR: 0,95 EUR.",
            "Summe der Positionen: 5,00 EUR; mit 0,95 EUR Steuer: 5,95 EUR.",
        ),
        (
            "プラン変更により11.31 EURをご請求し、5.36 EURをお返しします。お支払い額は5.95 EURです。",
            "5.00 EURに対するVAT 19%は0.95 EURです。",
            "明細の合計は5.00 EUR、税0.95 EURを加えて5.95 EURです。",
        ),
    ];
    assert_eq!(said, expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
}

#[test]
fn what_only_gives_back_speaks_of_no_charge() {
    let old = Derivation { basis: Basis::Billed, ..days("9.00", 14, 28) };
    let line = credit(old, "0", None);
    let note = document(DocumentKind::CreditNote, plan_change(), vec![DocumentLine { amount: -line.amount, ..line }]);
    let headlines = Language::ALL.map(|language| note.explain(None, language).headline);
    assert_eq!(
        headlines,
        [
            "A plan change gives back 4.50 EUR; to your balance: 4.50 EUR.",
            "Für den Tarifwechsel werden 4,50 EUR gutgeschrieben; auf Ihr Guthaben: 4,50 EUR.",
            "プラン変更により4.50 EURをお返しします。残高への返金額は4.50 EURです。",
        ]
    );
}

#[test]
fn the_tax_of_a_line_says_its_rate_and_who_got_the_stray_cent() {
    let sentences = |line: &DocumentLine| Language::ALL.map(|language| line.sentences(language)[1].clone());
    assert_eq!(
        sentences(&upgrade().lines[1]),
        [
            "19% VAT on 9.50 EUR: 1.81 EUR (1.805 rounded up).",
            "19 % VAT auf 9,50 EUR: 1,81 EUR (1,805 aufgerundet).",
            "9.50 EURに対するVAT 19%は1.81 EURです（1.805を切り上げ）。",
        ]
    );
    assert_eq!(
        sentences(&upgrade().lines[0]),
        [
            "VAT is given back at the 19% it was charged at: 0.86 EUR.",
            "VAT wird zum damals berechneten Satz von 19 % erstattet: 0,86 EUR.",
            "VATは請求時の税率19%で0.86 EURをお返しします。",
        ]
    );
    assert_eq!(
        sentences(&charge(days("11.00", 0, 28), "1.00", vat("10", true))),
        [
            "11.00 EUR contains 10% VAT: 1.00 EUR.",
            "In 11,00 EUR enthalten: 10 % VAT, 1,00 EUR.",
            "11.00 EURにはVAT 10%、1.00 EURが含まれています。",
        ]
    );
}

#[test]
fn every_event_has_a_headline_in_every_language() {
    let change = id(|text| ChangeId::parse(text).ok(), "chg");
    let events = [
        (DocumentKind::Invoice, DocumentReason::Period { period: 3 }),
        (DocumentKind::Invoice, plan_change()),
        (DocumentKind::CreditNote, plan_change()),
        (DocumentKind::CreditNote, DocumentReason::DebtReleased { change }),
        (DocumentKind::CreditNote, DocumentReason::InvoiceCancelled { change }),
        (DocumentKind::Receipt, DocumentReason::MoneyToBalance),
        (DocumentKind::Receipt, DocumentReason::Goodwill),
    ];
    for language in Language::ALL {
        let mut headlines = std::collections::BTreeSet::new();
        for (kind, reason) in events.clone() {
            let headline = document(kind, reason, vec![charge(days("19.00", 14, 28), "0", None)])
                .explain(Some("INV-2027-0041"), language)
                .headline;
            assert!(headline.contains(&language.money(eur("9.50"))), "{headline}");
            assert!(headline.chars().count() <= 220, "{headline}");
            assert!(headlines.insert(headline.clone()), "{headline} is said of two events");
        }
    }
}

#[test]
fn a_line_that_was_tampered_with_does_not_replay() {
    let mut document = upgrade();
    document.lines[1].amount = eur("9.49");
    assert_eq!(document.lines[1].replay(), Some(Replay::Differs(Some(eur("9.50")))));
    assert!(!document.explain(None, Language::English).holds);
    document = upgrade();
    document.lines[1].derivation.as_mut().expect("a derivation").whole = 0;
    assert_eq!(document.lines[1].replay(), Some(Replay::Differs(None)));
    document = upgrade();
    document.total = eur("5.94");
    assert!(!document.explain(None, Language::English).holds);
}

#[test]
fn what_was_paid_of_a_credit_can_stand_on_another_document_than_the_rest() {
    let mut document = upgrade();
    document.lines[0].amount = eur("-4.00");
    assert_eq!(document.lines[0].replay(), Some(Replay::Part));
    assert_eq!(document.lines[0].sentences(Language::English)[1], "Of this, 4.00 EUR stands on this document.");
}

#[test]
fn a_share_of_tax_that_took_the_stray_cent_says_so() {
    // 10 % of 0.15 and 0.15 is 0.03 together, and 0.015 each.
    let taxes = apportion(eur("0.03"), &[eur("0.15"), eur("0.15")]);
    let line = charge(days("0.15", 0, 28), &taxes[0].decimal(), vat("10", false));
    assert_eq!(line.sentences(Language::English)[1], "10% VAT on 0.15 EUR: 0.02 EUR (0.015 rounded up).");
    let line = charge(days("0.15", 0, 28), &taxes[1].decimal(), vat("10", false));
    assert_eq!(line.sentences(Language::English)[1], "10% VAT on 0.15 EUR: 0.01 EUR (0.015 rounded down).");
}

fn on(line: DocumentLine, from: i64, until: i64) -> DocumentLine {
    let day = |day: i64| Timestamp::from_second(day * 86_400).expect("a day");
    DocumentLine { span: Some(crate::calendar::Span { from: day(from), until: day(until) }), ..line }
}

fn put_on_balance(amount: &str) -> DocumentLine {
    DocumentLine { derivation: None, amount: eur(amount), ..charge(days("1.00", 0, 28), "0", None) }
}

#[test]
fn an_invoice_of_a_period_says_what_changes_before_it_left_to_it() {
    let period = || on(charge(days("19.00", 0, 28), "0", None), 28, 56);
    let waited = || {
        let old = Derivation { basis: Basis::Billed, ..days("9.00", 14, 28) };
        vec![on(credit(old, "0", None), 14, 28), on(charge(days("19.00", 14, 28), "0", None), 14, 28)]
    };
    let said = |lines: Vec<DocumentLine>| {
        let explained = document(DocumentKind::Invoice, DocumentReason::Period { period: 1 }, lines);
        let issued_at = Timestamp::from_second(28 * 86_400).expect("a day");
        let explained = Document { issued_at, ..explained };
        Language::ALL.map(|language| explained.explain(None, language).headline)
    };
    let more = said(waited().into_iter().chain([period()]).collect());
    assert_eq!(
        more,
        [
            "A full period of the subscription: 19.00 EUR. What was changed before it adds 5.00 EUR to it; to pay: 24.00 EUR.",
            "Ein voller Zeitraum Ihres Abonnements: 19,00 EUR. Dazu kommen 5,00 EUR für Änderungen davor; zu zahlen: 24,00 EUR.",
            "ご契約の1期間分は19.00 EURです。それまでの変更により5.00 EURを加えます。お支払い額は24.00 EURです。",
        ]
    );
    let mixed = said(vec![on(charge(days("9.00", 0, 28), "0", None), 0, 28), period()]);
    assert_eq!(
        mixed,
        [
            "A full period of the subscription: 19.00 EUR. The time before it adds 9.00 EUR to it; to pay: 28.00 EUR.",
            "Ein voller Zeitraum Ihres Abonnements: 19,00 EUR. Dazu kommen 9,00 EUR für die Zeit davor; zu zahlen: 28,00 EUR.",
            "ご契約の1期間分は19.00 EURです。それまでの期間分として9.00 EURを加えます。お支払い額は28.00 EURです。",
        ]
    );
    let whole = on(charge(days("9.00", 0, 28), "0", None), 0, 28);
    let arrears = said(std::iter::once(whole.clone()).chain(waited()).collect());
    assert_eq!(
        arrears,
        [
            "The time of the subscription that is over: 18.50 EUR, less 4.50 EUR given back; to pay: 14.00 EUR.",
            "Die Zeit Ihres Abonnements, die vorbei ist: 18,50 EUR, abzüglich 4,50 EUR Gutschrift; zu zahlen: 14,00 EUR.",
            "終わった期間のご契約分は18.50 EURです。お返しする額は4.50 EURです。お支払い額は14.00 EURです。",
        ]
    );
    assert_eq!(said(vec![whole])[0], "The time of the subscription that is over: 9.00 EUR; to pay: 9.00 EUR.");
    let old = Derivation { basis: Basis::Billed, ..days("60.00", 14, 28) };
    let less = said(vec![on(credit(old, "0", None), 14, 28), period(), put_on_balance("11.00")]);
    assert_eq!(
        less,
        [
            "A full period of the subscription: 19.00 EUR. What was changed before it takes 30.00 EUR off it; nothing is to pay, \
             and 11.00 EUR goes to your balance.",
            "Ein voller Zeitraum Ihres Abonnements: 19,00 EUR. Davon gehen 30,00 EUR für Änderungen davor ab; es ist nichts zu \
             zahlen, und 11,00 EUR gehen auf Ihr Guthaben.",
            "ご契約の1期間分は19.00 EURです。それまでの変更により30.00 EURを差し引きます。お支払いはなく、11.00 EURを残高に加えます。",
        ]
    );
}
