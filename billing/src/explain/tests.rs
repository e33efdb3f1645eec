//! Sentences in three languages, told from derivations of every shape. What holds for all of them is in
//! `tests/properties.rs`, lines and documents with their tax in `tests/documents.rs`.

mod documents;
mod properties;

use super::*;
use crate::money::Currency;
use crate::percent::Percent;
use crate::policy::PolicyVersion;

fn money(text: &str, code: &str) -> Money {
    Money::parse(text, Currency::parse(code).expect("a currency")).expect("an amount")
}

fn eur(text: &str) -> Money {
    money(text, "EUR")
}

fn percent(text: &str) -> Discount {
    Discount::Percent(Percent::parse(text).expect("a percentage"))
}

/// `line` for `whole` days, of which those from `from` remain.
fn days(line: &str, from: i64, whole: i64) -> Derivation {
    Derivation {
        policy: PolicyVersion { name: "vps".into(), version: 1 }.into(),
        basis: Basis::Price,
        line: eur(line),
        list: None,
        list_discount: None,
        unit: TimeUnit::Day,
        from,
        until: whole,
        whole,
        denominator: Denominator::Period,
        side: Side::Prorated,
        stage: RoundingStage::Line,
        remainder: Remainder::Complement,
        rounding: Rounding::HalfAway,
        carry: None,
        discount: None,
        net_of: None,
        used_at: None,
        of_value: None,
        unused: None,
        cap: eur(line),
        cut: Cut::ChangeDay,
    }
}

/// Of a month of 30 days by rule, `part` days.
fn month_of_30(line: &str, part: i64) -> Derivation {
    let denominator = Denominator::FixedDays(30);
    Derivation { denominator, until: part, remainder: Remainder::Rounded, ..days(line, 0, 30) }
}

/// Half of 30 days at a list price, with a discount on the half.
fn on_part(list: &str, discount: Discount, in_full: bool) -> Derivation {
    let cap = eur(list) - discount.off(eur(list), Rounding::HalfAway);
    let discount = Some(DiscountOnPart { discount, in_full });
    Derivation { discount: discount.map(Box::new), list: Some(eur(list)), cap, ..days(list, 15, 30) }
}

/// A year that was left early.
fn claw_back(billed: &str, price: &str, used: i64, whole: i64) -> Derivation {
    let used_at = Some(UsedAt { price: eur(price), used, whole, unit: TimeUnit::Month });
    Derivation { used_at: used_at.map(Box::new), basis: Basis::Billed, unit: TimeUnit::Month, ..days(billed, used, 12) }
}

fn told(derivation: &Derivation, expected: [&str; 3]) {
    let sentences = Language::ALL.map(|language| derivation.sentence(language));
    assert_eq!(sentences.each_ref().map(String::as_str), expected);
}

#[test]
fn a_part_is_told_with_its_days_and_the_day_of_the_change() {
    told(
        &days("19.00", 14, 28),
        [
            "19.00 EUR for 28 days; 14 of them remain, the day of the change included: 9.50 EUR.",
            "19,00 EUR für 28 Tage; davon verbleiben 14, einschließlich des Tages der Änderung: 9,50 EUR.",
            "28日間の料金19.00 EURのうち、変更当日を含む残り14日分は9.50 EURです。",
        ],
    );
    told(
        &Derivation { cut: Cut::NextDay, basis: Basis::Billed, ..days("28.00", 27, 28) },
        [
            "28.00 EUR was billed for 28 days; 1 of them remains, counted from the day after the change: 1.00 EUR.",
            "28,00 EUR wurden für 28 Tage berechnet; es verbleibt 1 Tag, ab dem Tag nach der Änderung: 1,00 EUR.",
            "28日間の請求額28.00 EURのうち、変更翌日からの残り1日分は1.00 EURです。",
        ],
    );
    told(
        &Derivation { unit: TimeUnit::Second, cut: Cut::Instant, ..days("31.00", 1_339_200, 2_678_400) },
        [
            "31.00 EUR for 2,678,400 seconds; 1,339,200 of them remain, counted from the moment of the change: 15.50 EUR.",
            "31,00 EUR für 2.678.400 Sekunden; davon verbleiben 1.339.200, ab dem Zeitpunkt der Änderung: 15,50 EUR.",
            "2,678,400秒間の料金31.00 EURのうち、変更時点からの残り1,339,200秒間は15.50 EURです。",
        ],
    );
    told(
        &Derivation { unit: TimeUnit::Month, cut: Cut::Instant, ..days("120.00", 3, 12) },
        [
            "120.00 EUR for 12 months; 9 of them remain, as a month begun counts as used: 90.00 EUR.",
            "120,00 EUR für 12 Monate; davon verbleiben 9, angefangene Monate gelten als genutzt: 90,00 EUR.",
            "12か月間の料金120.00 EURのうち、利用を開始した月を除く残り9か月分は90.00 EURです。",
        ],
    );
    told(
        &days("19.00", 28, 28),
        [
            "19.00 EUR for 28 days; none of it remains: 0.00 EUR.",
            "19,00 EUR für 28 Tage; davon verbleibt nichts: 0,00 EUR.",
            "28日間の料金19.00 EURのうち、残りの期間はないため0.00 EURです。",
        ],
    );
}

#[test]
fn all_of_the_time_is_told_without_a_fraction() {
    told(
        &days("19.00", 0, 28),
        [
            "19.00 EUR for the full period of 28 days.",
            "19,00 EUR für den vollen Zeitraum von 28 Tagen.",
            "全期間（28日間）の料金は19.00 EURです。",
        ],
    );
    told(
        &Derivation { unit: TimeUnit::Second, cut: Cut::Instant, ..days("19.00", 0, 2_419_200) },
        ["19.00 EUR for the full period.", "19,00 EUR für den vollen Zeitraum.", "全期間の料金は19.00 EURです。"],
    );
    told(
        &Derivation { basis: Basis::Billed, ..days("19.00", 0, 28) },
        [
            "19.00 EUR was billed for 28 days; none of it is used: 19.00 EUR.",
            "19,00 EUR wurden für 28 Tage berechnet; davon ist nichts genutzt: 19,00 EUR.",
            "28日間の請求額19.00 EURは、すべて未利用のため19.00 EURとなります。",
        ],
    );
    told(
        &Derivation { side: Side::Full, ..days("19.00", 14, 28) },
        [
            "19.00 EUR for a full period, however little of it is left.",
            "19,00 EUR für einen vollen Zeitraum, unabhängig von der Restzeit.",
            "残りの期間にかかわらず、1期間分の料金は19.00 EURです。",
        ],
    );
    told(
        &Derivation { side: Side::Full, basis: Basis::Billed, ..days("19.00", 14, 28) },
        [
            "All that was billed is given back, however little time is left: 19.00 EUR.",
            "Der berechnete Betrag wird unabhängig von der Restzeit voll erstattet: 19,00 EUR.",
            "残りの期間にかかわらず、請求済みの全額19.00 EURをお返しします。",
        ],
    );
}

#[test]
fn the_time_of_a_trial_is_told_as_such_with_what_comes_after_it() {
    told(
        &Derivation { side: Side::None, basis: Basis::Trial, from: 0, until: 0, whole: 1, ..days("19.00", 0, 28) },
        [
            "The trial goes on, and its days cost nothing: 0.00 EUR. 19.00 EUR is billed for a full period when it is over.",
            "Der Testzeitraum läuft weiter, seine Tage kosten nichts: 0,00 EUR. Danach werden 19,00 EUR für einen \
             vollen Zeitraum berechnet.",
            "トライアルは続き、その日数分の料金はかかりません（0.00 EUR）。終了後に1期間分の19.00 EURを請求します。",
        ],
    );
}

#[test]
fn the_price_of_a_trial_is_told_with_what_was_charged_for_it_before() {
    let price =
        Derivation { side: Side::Full, basis: Basis::TrialPrice, from: 0, until: 1, whole: 1, ..days("3.00", 0, 28) };
    told(
        &price,
        [
            "3.00 EUR for the trial, charged once: 3.00 EUR.",
            "3,00 EUR für den Testzeitraum, einmalig berechnet: 3,00 EUR.",
            "トライアル料金3.00 EURを一度だけ請求します（3.00 EUR）。",
        ],
    );
    let before = NetOf { price: eur("1.00"), credit: eur("0.00") };
    told(
        &Derivation { net_of: Some(Box::new(before)), ..price },
        [
            "3.00 EUR for the trial, charged once, less 1.00 EUR that was charged for it before: 2.00 EUR.",
            "3,00 EUR für den Testzeitraum, einmalig berechnet, abzüglich der dafür schon berechneten 1,00 EUR: 2,00 EUR.",
            "トライアル料金3.00 EURから、すでに請求した1.00 EURを差し引いて一度だけ請求します（2.00 EUR）。",
        ],
    );
}

#[test]
fn a_first_period_is_told_with_the_days_up_to_the_bill_day() {
    let first = |from, whole| Derivation { basis: Basis::FirstPeriod, ..days("31.00", from, whole) };
    told(
        &first(14, 31),
        [
            "31.00 EUR for 31 days; 17 of them are in the first period, up to the bill day: 17.00 EUR.",
            "31,00 EUR für 31 Tage; davon liegen 17 im ersten Zeitraum bis zum Abrechnungstag: 17,00 EUR.",
            "31日間の料金31.00 EURのうち、請求日までの初回期間の17日分は17.00 EURです。",
        ],
    );
    told(
        &first(29, 30),
        [
            "31.00 EUR for 30 days; 1 of them is in the first period, up to the bill day: 1.03 EUR (1.0333… rounded down).",
            "31,00 EUR für 30 Tage; davon liegt 1 Tag im ersten Zeitraum bis zum Abrechnungstag: 1,03 EUR \
             (1,0333… abgerundet).",
            "30日間の料金31.00 EURのうち、請求日までの初回期間の1日分は1.03 EURです（1.0333…を切り捨て）。",
        ],
    );
}

#[test]
fn a_long_first_period_is_told_with_the_full_period_after_the_bill_day() {
    let joined = |from, whole| {
        let line = days("31.00", from, whole);
        Derivation { until: 2 * whole, cap: line.line.times(2), ..line }
    };
    told(
        &Derivation { basis: Basis::FirstPeriod, ..joined(16, 31) },
        [
            "31.00 EUR for 31 days; 15 of them are in the first period, up to the bill day, and so is the full period after it: \
             46.00 EUR.",
            "31,00 EUR für 31 Tage; davon liegen 15 im ersten Zeitraum bis zum Abrechnungstag, und mit ihm der volle Zeitraum \
             danach: 46,00 EUR.",
            "31日間の料金31.00 EURのうち、請求日までの初回期間の15日分と、それに続く1期間分は46.00 EURです。",
        ],
    );
    told(
        &joined(21, 30),
        [
            "31.00 EUR for 30 days; 9 of them remain, the day of the change included, and the full period after it: 40.30 EUR.",
            "31,00 EUR für 30 Tage; davon verbleiben 9, einschließlich des Tages der Änderung, und der volle Zeitraum danach: \
             40,30 EUR.",
            "30日間の料金31.00 EURのうち、変更当日を含む残り9日分と、それに続く1期間分は40.30 EURです。",
        ],
    );
}

#[test]
fn a_discount_on_a_part_is_taken_off_each_of_two_full_periods() {
    let fixed = Some(Box::new(DiscountOnPart { discount: Discount::Amount(eur("5.00")), in_full: true }));
    let line = days("31.00", 16, 31);
    let joined = Derivation { until: 62, cap: eur("52.00"), discount: fixed, ..line };
    // 15.00 less 5.00, and 31.00 less 5.00.
    assert_eq!(joined.replay(), eur("36.00"));
    let in_part = Some(Box::new(DiscountOnPart { discount: Discount::Amount(eur("6.20")), in_full: false }));
    // 15.00 less 15 of 31 days of 6.20, and 31.00 less 6.20.
    assert_eq!(Derivation { discount: in_part, ..joined }.replay(), eur("36.80"));
}

#[test]
fn the_rate_of_a_day_is_rounded_for_the_part_and_not_for_the_full_period_after_it() {
    let line = Derivation { stage: RoundingStage::UnitRate, ..days("10.00", 16, 31) };
    let joined = Derivation { until: 62, cap: eur("20.00"), ..line };
    // A day is 0.32: 10.00 less 16 of them, and 10.00.
    assert_eq!(joined.replay(), eur("14.88"));
    assert_eq!(Derivation { remainder: Remainder::Rounded, ..joined }.replay(), eur("14.80"));
}

#[test]
fn nothing_is_told_as_nothing() {
    told(
        &Derivation { side: Side::None, from: 0, until: 0, whole: 1, ..days("19.00", 0, 28) },
        [
            "19.00 EUR is billed with the next period; due for it now: 0.00 EUR.",
            "19,00 EUR werden mit dem nächsten Zeitraum berechnet; jetzt dafür fällig: 0,00 EUR.",
            "19.00 EURは次の請求期間に請求します。今回の請求額は0.00 EURです。",
        ],
    );
    told(
        &Derivation { side: Side::None, ..days("19.00", 14, 28) },
        [
            "Nothing is charged for the rest of the period: 0.00 EUR.",
            "Für den Rest des Zeitraums wird nichts berechnet: 0,00 EUR.",
            "残りの期間の料金はかかりません（0.00 EUR）。",
        ],
    );
    told(
        &Derivation { side: Side::None, basis: Basis::Billed, ..days("19.00", 14, 28) },
        [
            "Of the 19.00 EUR that was billed nothing is given back: 0.00 EUR.",
            "Von den berechneten 19,00 EUR wird nichts erstattet: 0,00 EUR.",
            "請求済みの19.00 EURの返金はありません（0.00 EUR）。",
        ],
    );
}

#[test]
fn the_stray_cent_is_told_with_the_exact_amount() {
    told(
        &days("19.00", 15, 28),
        [
            "19.00 EUR for 28 days; 13 of them remain, the day of the change included: 8.82 EUR (8.8214… rounded down; the time before takes the rest).",
            "19,00 EUR für 28 Tage; davon verbleiben 13, einschließlich des Tages der Änderung: 8,82 EUR (8,8214… abgerundet; den Rest trägt die Zeit davor).",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は8.82 EURです（8.8214…を切り捨て、端数は経過済みの期間に含みます）。",
        ],
    );
    told(
        &days("19.01", 14, 28),
        [
            "19.01 EUR for 28 days; 14 of them remain, the day of the change included: 9.50 EUR (9.505 rounded down; the time before takes the rest).",
            "19,01 EUR für 28 Tage; davon verbleiben 14, einschließlich des Tages der Änderung: 9,50 EUR (9,505 abgerundet; den Rest trägt die Zeit davor).",
            "28日間の料金19.01 EURのうち、変更当日を含む残り14日分は9.50 EURです（9.505を切り捨て、端数は経過済みの期間に含みます）。",
        ],
    );
    told(
        &Derivation { remainder: Remainder::Rounded, ..days("19.01", 14, 28) },
        [
            "19.01 EUR for 28 days; 14 of them remain, the day of the change included: 9.51 EUR (9.505 rounded up).",
            "19,01 EUR für 28 Tage; davon verbleiben 14, einschließlich des Tages der Änderung: 9,51 EUR (9,505 aufgerundet).",
            "28日間の料金19.01 EURのうち、変更当日を含む残り14日分は9.51 EURです（9.505を切り上げ）。",
        ],
    );
    told(
        &Derivation { line: money("1000", "JPY"), cap: money("1000", "JPY"), ..days("0.00", 10, 30) },
        [
            "1,000 JPY for 30 days; 20 of them remain, the day of the change included: 667 JPY (666.66… rounded up; the time before takes the rest).",
            "1.000 JPY für 30 Tage; davon verbleiben 20, einschließlich des Tages der Änderung: 667 JPY (666,66… aufgerundet; den Rest trägt die Zeit davor).",
            "30日間の料金1,000円のうち、変更当日を含む残り20日分は667円です（666.66…を切り上げ、端数は経過済みの期間に含みます）。",
        ],
    );
}

#[test]
fn a_cent_that_makes_up_for_earlier_roundings_is_told_so() {
    // 882 - 882 1/7 is 1/7 of a cent too little; 6/7 were too little before. Together it is a cent.
    let charged = Derivation { carry: Some(Fraction::new(-6, 7)), ..days("19.00", 15, 28) };
    assert_eq!((charged.replay(), charged.carried_on()), (eur("8.83"), Some(Fraction::new(-1, 1))));
    told(
        &charged,
        [
            "19.00 EUR for 28 days; 13 of them remain, the day of the change included: 8.83 EUR (8.8214… rounded up to make up for the roundings before it in this period).",
            "19,00 EUR für 28 Tage; davon verbleiben 13, einschließlich des Tages der Änderung: 8,83 EUR (8,8214… aufgerundet; das gleicht die früheren Rundungen dieses Zeitraums aus).",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は8.83 EURです（8.8214…を切り上げ、同じ期間のこれまでの端数を調整します）。",
        ],
    );
    // The cent was given already: the next sixth of a cent is carried on.
    let next = Derivation { carry: charged.carried_on(), ..days("19.00", 15, 28) };
    assert_eq!((next.replay(), next.carried_on()), (eur("8.82"), Some(Fraction::new(-8, 7))));
    let none = Derivation { carry: Some(Fraction::new(-5, 7)), ..days("19.00", 15, 28) };
    assert_eq!(none.sentence(Language::English), days("19.00", 15, 28).sentence(Language::English));
}

#[test]
fn a_month_that_counts_as_thirty_days_is_told_so() {
    told(
        &month_of_30("20.00", 12),
        [
            "20.00 EUR for 30 days (a month counts as 30 days); 12 of them remain, the day of the change included: 8.00 EUR.",
            "20,00 EUR für 30 Tage (ein Monat zählt 30 Tage); davon verbleiben 12, einschließlich des Tages der Änderung: 8,00 EUR.",
            "30日間（1か月を30日として計算）の料金20.00 EURのうち、変更当日を含む残り12日分は8.00 EURです。",
        ],
    );
    told(
        &month_of_30("20.00", 31),
        [
            "20.00 EUR for 30 days (a month counts as 30 days); 31 days remain, the day of the change included: 20.67 EUR. At most 20.00 EUR of it counts.",
            "20,00 EUR für 30 Tage (ein Monat zählt 30 Tage); es verbleiben 31 Tage, einschließlich des Tages der Änderung: 20,67 EUR. Davon zählen höchstens 20,00 EUR.",
            "30日間（1か月を30日として計算）の料金20.00 EURのうち、変更当日を含む残り31日分は20.67 EURです。ただし、上限の20.00 EURとなります。",
        ],
    );
    told(
        &Derivation { denominator: Denominator::Thirty360, ..month_of_30("20.00", 12) },
        [
            "20.00 EUR for 30 days (every month counts as 30 days); 12 of them remain, the day of the change included: 8.00 EUR.",
            "20,00 EUR für 30 Tage (jeder Monat zählt 30 Tage); davon verbleiben 12, einschließlich des Tages der Änderung: 8,00 EUR.",
            "30日間（すべての月を30日として計算）の料金20.00 EURのうち、変更当日を含む残り12日分は8.00 EURです。",
        ],
    );
    told(
        &Derivation { denominator: Denominator::YearDays(365), whole: 365, until: 240, ..month_of_30("36.50", 0) },
        [
            "36.50 EUR for 30 5/12 days (a year counts as 365 days); 20 of them remain, the day of the change included: 24.00 EUR.",
            "36,50 EUR für 30 5/12 Tage (ein Jahr zählt 365 Tage); davon verbleiben 20, einschließlich des Tages der Änderung: 24,00 EUR.",
            "30 5/12日間（1年を365日として計算）の料金36.50 EURのうち、変更当日を含む残り20日分は24.00 EURです。",
        ],
    );
    told(
        &Derivation { denominator: Denominator::Nominal, whole: 365, until: 73, ..month_of_30("365.00", 0) },
        [
            "365.00 EUR for 365 days (whatever the calendar says); 73 of them remain, the day of the change included: 73.00 EUR.",
            "365,00 EUR für 365 Tage (unabhängig vom Kalender); davon verbleiben 73, einschließlich des Tages der Änderung: 73,00 EUR.",
            "365日間（暦にかかわらず計算）の料金365.00 EURのうち、変更当日を含む残り73日分は73.00 EURです。",
        ],
    );
}

#[test]
fn a_discount_is_told_with_the_list_price() {
    told(
        &Derivation {
            list: Some(eur("100.00")),
            list_discount: Some(Box::new(percent("10"))),
            ..days("90.00", 15, 30)
        },
        [
            "List price 100.00 EUR less 10% is 90.00 EUR for 30 days. 15 of them remain, the day of the change included: 45.00 EUR.",
            "Listenpreis 100,00 EUR abzüglich 10 % ergibt 90,00 EUR für 30 Tage. Davon verbleiben 15, einschließlich des Tages der Änderung: 45,00 EUR.",
            "30日間の料金90.00 EUR（定価100.00 EURの10%引き）のうち、変更当日を含む残り15日分は45.00 EURです。",
        ],
    );
    told(
        &Derivation {
            list: Some(eur("100.00")),
            list_discount: Some(Box::new(Discount::Amount(eur("10.00")))),
            ..days("90.00", 0, 30)
        },
        [
            "List price 100.00 EUR less 10.00 EUR is 90.00 EUR for the full period of 30 days.",
            "Listenpreis 100,00 EUR abzüglich 10,00 EUR ergibt 90,00 EUR für den vollen Zeitraum von 30 Tagen.",
            "全期間（30日間）の料金は90.00 EUR（定価100.00 EURから10.00 EUR引き）です。",
        ],
    );
    told(
        &Derivation { list: Some(eur("50.00")), basis: Basis::Billed, ..days("45.00", 15, 30) },
        [
            "45.00 EUR (list price 50.00 EUR) was billed for 30 days. 15 of them remain, the day of the change included: 22.50 EUR.",
            "45,00 EUR (Listenpreis 50,00 EUR) wurden für 30 Tage berechnet. Davon verbleiben 15, einschließlich des Tages der Änderung: 22,50 EUR.",
            "30日間の請求額45.00 EUR（定価50.00 EUR）のうち、変更当日を含む残り15日分は22.50 EURです。",
        ],
    );
    told(
        &on_part("100.00", percent("7.5"), false),
        [
            "List price 100.00 EUR for 30 days. 15 of them remain, the day of the change included: 50.00 EUR, less 7.5%: 46.25 EUR.",
            "Listenpreis 100,00 EUR für 30 Tage. Davon verbleiben 15, einschließlich des Tages der Änderung: 50,00 EUR, abzüglich 7,5 %: 46,25 EUR.",
            "30日間の定価100.00 EURのうち、変更当日を含む残り15日分は50.00 EUR、そこから7.5%引きで46.25 EURです。",
        ],
    );
    told(
        &on_part("100.00", Discount::Amount(eur("10.00")), true),
        [
            "List price 100.00 EUR for 30 days. 15 of them remain, the day of the change included: 50.00 EUR, less 10.00 EUR: 40.00 EUR.",
            "Listenpreis 100,00 EUR für 30 Tage. Davon verbleiben 15, einschließlich des Tages der Änderung: 50,00 EUR, abzüglich 10,00 EUR: 40,00 EUR.",
            "30日間の定価100.00 EURのうち、変更当日を含む残り15日分は50.00 EUR、そこから10.00 EURを引いて40.00 EURです。",
        ],
    );
    told(
        &on_part("100.00", Discount::Amount(eur("10.00")), false),
        [
            "List price 100.00 EUR for 30 days. 15 of them remain, the day of the change included: 50.00 EUR, less 5.00 EUR of the 10.00 EUR discount: 45.00 EUR.",
            "Listenpreis 100,00 EUR für 30 Tage. Davon verbleiben 15, einschließlich des Tages der Änderung: 50,00 EUR, abzüglich 5,00 EUR anteiliger Rabatt von 10,00 EUR: 45,00 EUR.",
            "30日間の定価100.00 EURのうち、変更当日を含む残り15日分は50.00 EUR、そこから割引10.00 EURの按分額5.00 EURを引いて45.00 EURです。",
        ],
    );
    told(
        &Derivation { from: 0, ..on_part("100.00", percent("7.5"), false) },
        [
            "List price 100.00 EUR for the full period of 30 days, less 7.5%: 92.50 EUR.",
            "Listenpreis 100,00 EUR für den vollen Zeitraum von 30 Tagen, abzüglich 7,5 %: 92,50 EUR.",
            "全期間（30日間）の定価100.00 EURから7.5%引きで92.50 EURです。",
        ],
    );
}

#[test]
fn a_difference_of_two_prices_is_told_from_one_to_the_other() {
    told(
        &Derivation {
            net_of: Some(Box::new(NetOf { price: eur("10.00"), credit: eur("5.00") })),
            ..days("19.00", 14, 28)
        },
        [
            "The price for 28 days goes up by 9.00 EUR (from 10.00 EUR to 19.00 EUR). 14 of them remain, the day of the change included: 4.50 EUR more than the 5.00 EUR given back, 9.50 EUR.",
            "Der Preis für 28 Tage steigt um 9,00 EUR (von 10,00 EUR auf 19,00 EUR). Davon verbleiben 14, einschließlich des Tages der Änderung: 4,50 EUR mehr als die Gutschrift von 5,00 EUR, also 9,50 EUR.",
            "料金は28日間で10.00 EURから19.00 EURへ9.00 EUR上がります。変更当日を含む残り14日分の差額は4.50 EUR、お返しする5.00 EURに加えて9.50 EURです。",
        ],
    );
    told(
        &Derivation {
            net_of: Some(Box::new(NetOf { price: eur("19.00"), credit: eur("9.50") })),
            ..days("10.00", 14, 28)
        },
        [
            "The price for 28 days goes down by 9.00 EUR (from 19.00 EUR to 10.00 EUR). 14 of them remain, the day of the change included: 4.50 EUR less than the 9.50 EUR given back, 5.00 EUR.",
            "Der Preis für 28 Tage sinkt um 9,00 EUR (von 19,00 EUR auf 10,00 EUR). Davon verbleiben 14, einschließlich des Tages der Änderung: 4,50 EUR weniger als die Gutschrift von 9,50 EUR, also 5,00 EUR.",
            "料金は28日間で19.00 EURから10.00 EURへ9.00 EUR下がります。変更当日を含む残り14日分の差額は4.50 EUR、お返しする9.50 EURから差し引いて5.00 EURです。",
        ],
    );
}

#[test]
fn a_claw_back_is_told_with_what_the_used_time_costs() {
    told(
        &claw_back("900.00", "1000.00", 6, 12),
        [
            "900.00 EUR was billed. At the list price of 1,000.00 EUR for 12 months, 6 months used cost 500.00 EUR; the rest is given back: 400.00 EUR.",
            "Berechnet wurden 900,00 EUR. Beim Listenpreis von 1.000,00 EUR für 12 Monate kosten 6 genutzte Monate 500,00 EUR; der Rest wird erstattet: 400,00 EUR.",
            "請求額は900.00 EURです。12か月の定価1,000.00 EURで計算すると、利用済みの6か月は500.00 EURとなるため、お返しする額は400.00 EURです。",
        ],
    );
    told(
        &claw_back("900.00", "100.00", 7, 1),
        [
            "900.00 EUR was billed. 7 months begun, at 100.00 EUR each, cost 700.00 EUR; the rest is given back: 200.00 EUR.",
            "Berechnet wurden 900,00 EUR. 7 angefangene Monate zu je 100,00 EUR kosten 700,00 EUR; der Rest wird erstattet: 200,00 EUR.",
            "請求額は900.00 EURです。利用を開始した7か月は1か月あたり100.00 EURで700.00 EURとなるため、お返しする額は200.00 EURです。",
        ],
    );
    told(
        &claw_back("100.00", "100.00", 1, 1),
        [
            "100.00 EUR was billed. 1 month begun costs 100.00 EUR; the rest is given back: 0.00 EUR.",
            "Berechnet wurden 100,00 EUR. 1 angefangener Monat kostet 100,00 EUR; der Rest wird erstattet: 0,00 EUR.",
            "請求額は100.00 EURです。利用を開始した1か月は100.00 EURとなるため、お返しする額は0.00 EURです。",
        ],
    );
    told(
        &claw_back("900.00", "1000.00", 11, 12),
        [
            "900.00 EUR was billed. At the list price of 1,000.00 EUR for 12 months, 11 months used cost 916.67 EUR; the rest is given back: 0.00 EUR.",
            "Berechnet wurden 900,00 EUR. Beim Listenpreis von 1.000,00 EUR für 12 Monate kosten 11 genutzte Monate 916,67 EUR; der Rest wird erstattet: 0,00 EUR.",
            "請求額は900.00 EURです。12か月の定価1,000.00 EURで計算すると、利用済みの11か月は916.67 EURとなるため、お返しする額は0.00 EURです。",
        ],
    );
}

#[test]
fn rounding_on_the_way_is_told_where_it_happens() {
    told(
        &Derivation { stage: RoundingStage::UnitRate, remainder: Remainder::Rounded, ..days("19.00", 14, 28) },
        [
            "19.00 EUR for 28 days is 0.68 EUR a day (0.6785… rounded up). 14 of them remain, the day of the change included: 9.52 EUR.",
            "19,00 EUR für 28 Tage, je Tag 0,68 EUR (0,6785… aufgerundet). Davon verbleiben 14, einschließlich des Tages der Änderung: 9,52 EUR.",
            "28日間の料金19.00 EUR（1日あたり0.68 EUR、0.6785…を切り上げ）のうち、変更当日を含む残り14日分は9.52 EURです。",
        ],
    );
    told(
        &Derivation { stage: RoundingStage::UnitRate, ..days("19.00", 14, 28) },
        [
            "19.00 EUR for 28 days is 0.68 EUR a day (0.6785… rounded up). 14 of them remain, the day of the change included: all less 9.52 EUR for the time before is 9.48 EUR.",
            "19,00 EUR für 28 Tage, je Tag 0,68 EUR (0,6785… aufgerundet). Davon verbleiben 14, einschließlich des Tages der Änderung: alles abzüglich 9,52 EUR für die Zeit davor, also 9,48 EUR.",
            "28日間の料金19.00 EUR（1日あたり0.68 EUR、0.6785…を切り上げ）のうち、変更当日を含む残り14日分は全体から経過済み分の9.52 EURを引いた9.48 EURです。",
        ],
    );
    told(
        &Derivation { stage: RoundingStage::Factor(4), remainder: Remainder::Rounded, ..days("19.00", 15, 28) },
        [
            "19.00 EUR for 28 days. 13 of them remain, the day of the change included: a share of 0.4643 is 8.82 EUR.",
            "19,00 EUR für 28 Tage. Davon verbleiben 13, einschließlich des Tages der Änderung: der Anteil 0,4643 ergibt 8,82 EUR.",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は割合0.4643で8.82 EURです。",
        ],
    );
    told(
        &Derivation { stage: RoundingStage::Factor(9), ..days("19.00", 15, 28) },
        [
            "19.00 EUR for 28 days. 13 of them remain, the day of the change included: all less 10.18 EUR, a share of 0.535714286, for the time before is 8.82 EUR.",
            "19,00 EUR für 28 Tage. Davon verbleiben 13, einschließlich des Tages der Änderung: alles abzüglich 10,18 EUR (Anteil 0,535714286) für die Zeit davor, also 8,82 EUR.",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は全体から経過済み分（割合0.535714286）の10.18 EURを引いた8.82 EURです。",
        ],
    );
}

#[test]
fn steps_are_told_with_the_amount_that_goes_in_them() {
    told(
        &Derivation { stage: RoundingStage::Step(5), remainder: Remainder::Rounded, ..days("19.00", 15, 28) },
        [
            "19.00 EUR for 28 days. 13 of them remain, the day of the change included: in steps of 0.05 EUR, 8.80 EUR.",
            "19,00 EUR für 28 Tage. Davon verbleiben 13, einschließlich des Tages der Änderung: in Schritten zu 0,05 EUR sind das 8,80 EUR.",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は0.05 EUR単位で8.80 EURです。",
        ],
    );
    told(
        &Derivation { stage: RoundingStage::Step(10), ..days("19.00", 15, 28) },
        [
            "19.00 EUR for 28 days. 13 of them remain, the day of the change included: all less 10.20 EUR for the time before, in steps of 0.10 EUR, is 8.80 EUR.",
            "19,00 EUR für 28 Tage. Davon verbleiben 13, einschließlich des Tages der Änderung: alles abzüglich 10,20 EUR für die Zeit davor, in Schritten zu 0,10 EUR, also 8,80 EUR.",
            "28日間の料金19.00 EURのうち、変更当日を含む残り13日分は全体から経過済み分（0.10 EUR単位）の10.20 EURを引いた8.80 EURです。",
        ],
    );
}

#[test]
fn what_bounds_an_amount_is_told_with_it() {
    told(
        &Derivation { unused: Some(Unused { left: 10, of: 40 }), basis: Basis::Billed, ..days("20.00", 14, 28) },
        [
            "20.00 EUR was billed for 28 days; 14 of them remain, the day of the change included: 10.00 EUR. At most 5.00 EUR of it counts, as 10 of 40 plan credits are unused.",
            "20,00 EUR wurden für 28 Tage berechnet; davon verbleiben 14, einschließlich des Tages der Änderung: 10,00 EUR. Davon zählen höchstens 5,00 EUR, da von 40 Inklusiveinheiten noch 10 ungenutzt sind.",
            "28日間の請求額20.00 EURのうち、変更当日を含む残り14日分は10.00 EURです。ただし、プランのクレジット40のうち未使用が10のため、上限の5.00 EURとなります。",
        ],
    );
    told(
        &Derivation { unused: Some(Unused { left: 1, of: 40 }), basis: Basis::Billed, ..days("20.00", 0, 28) },
        [
            "20.00 EUR was billed for 28 days; none of it is used: 20.00 EUR. At most 0.50 EUR of it counts, as 1 of 40 plan credits is unused.",
            "20,00 EUR wurden für 28 Tage berechnet; davon ist nichts genutzt: 20,00 EUR. Davon zählen höchstens 0,50 EUR, da von 40 Inklusiveinheiten noch 1 ungenutzt ist.",
            "28日間の請求額20.00 EURは、すべて未利用のため20.00 EURとなります。ただし、プランのクレジット40のうち未使用が1のため、上限の0.50 EURとなります。",
        ],
    );
    told(
        &Derivation { unused: Some(Unused { left: 30, of: 40 }), basis: Basis::Billed, ..days("20.00", 14, 28) },
        [
            "20.00 EUR was billed for 28 days; 14 of them remain, the day of the change included: 10.00 EUR.",
            "20,00 EUR wurden für 28 Tage berechnet; davon verbleiben 14, einschließlich des Tages der Änderung: 10,00 EUR.",
            "28日間の請求額20.00 EURのうち、変更当日を含む残り14日分は10.00 EURです。",
        ],
    );
    told(
        &Derivation { cap: eur("4.00"), ..days("20.00", 14, 28) },
        [
            "20.00 EUR for 28 days; 14 of them remain, the day of the change included: 10.00 EUR. At most 4.00 EUR of it counts.",
            "20,00 EUR für 28 Tage; davon verbleiben 14, einschließlich des Tages der Änderung: 10,00 EUR. Davon zählen höchstens 4,00 EUR.",
            "28日間の料金20.00 EURのうち、変更当日を含む残り14日分は10.00 EURです。ただし、上限の4.00 EURとなります。",
        ],
    );
}

#[test]
fn a_credit_at_todays_price_says_so_and_what_bounds_it() {
    told(
        &Derivation { basis: Basis::PriceNow, cap: eur("30.00"), ..days("36.00", 10, 30) },
        [
            "What is given back is counted at today's price. 36.00 EUR for 30 days; 20 of them remain, the day of the change included: 24.00 EUR.",
            "Was zurückgegeben wird, ist zum heutigen Preis gerechnet. 36,00 EUR für 30 Tage; davon verbleiben 20, einschließlich des Tages der Änderung: 24,00 EUR.",
            "返金額は本日の価格で計算します。30日間の料金36.00 EURのうち、変更当日を含む残り20日分は24.00 EURです。",
        ],
    );
    told(
        &Derivation { basis: Basis::PriceNow, cap: eur("30.00"), ..days("90.00", 10, 30) },
        [
            "What is given back is counted at today's price. 90.00 EUR for 30 days; 20 of them remain, the day of the change included: 60.00 EUR. At most 30.00 EUR of it counts.",
            "Was zurückgegeben wird, ist zum heutigen Preis gerechnet. 90,00 EUR für 30 Tage; davon verbleiben 20, einschließlich des Tages der Änderung: 60,00 EUR. Davon zählen höchstens 30,00 EUR.",
            "返金額は本日の価格で計算します。30日間の料金90.00 EURのうち、変更当日を含む残り20日分は60.00 EURです。ただし、上限の30.00 EURとなります。",
        ],
    );
}

#[test]
fn days_that_are_bought_are_told_with_what_they_cost_a_day() {
    let bought = |value: &str, basket: &str, line: &str, days: i64| Derivation {
        of_value: Some(Box::new(PartOfValue { value: eur(value), basket: eur(basket), before: eur("0.00") })),
        until: days,
        cap: eur(value),
        ..self::days(line, 0, 30)
    };
    told(
        &bought("15.00", "60.00", "60.00", 8),
        [
            "15.00 EUR is left of what was paid and buys 8 days at 2.00 EUR a day, the part of a day rounded up: 15.00 EUR.",
            "Vom Bezahlten sind 15,00 EUR übrig; das sind 8 Tage zu 2,00 EUR am Tag, der angefangene Tag zählt ganz: 15,00 EUR.",
            "お支払い済みの残額15.00 EURは、1日2.00 EURで8日分（1日未満は切り上げ）になります（15.00 EUR）。",
        ],
    );
    told(
        &bought("10.00", "10.00", "7.00", 30),
        [
            "10.00 EUR is left of what was paid and buys 30 days of everything at 10.00 EUR for 30 days. 7.00 EUR of 10.00 EUR for a full period is this: 7.00 EUR.",
            "Vom Bezahlten sind 10,00 EUR übrig; das sind 30 Tage von allem zu 10,00 EUR für 30 Tage. Davon 7,00 EUR von 10,00 EUR für einen vollen Zeitraum: 7,00 EUR.",
            "お支払い済みの残額10.00 EURは、全体で30日10.00 EURの30日分になります。1期間10.00 EURのうち7.00 EURにあたる額は7.00 EURです。",
        ],
    );
    told(
        &Derivation {
            basis: Basis::Bought,
            used_at: Some(Box::new(UsedAt { price: eur("60.00"), used: 2, whole: 30, unit: TimeUnit::Day })),
            ..self::days("15.00", 2, 8)
        },
        [
            "15.00 EUR was billed. At the price of 60.00 EUR for 30 days, 2 days used cost 4.00 EUR; the rest is given back: 11.00 EUR.",
            "Berechnet wurden 15,00 EUR. Beim Preis von 60,00 EUR für 30 Tage kosten 2 genutzte Tage 4,00 EUR; der Rest wird erstattet: 11,00 EUR.",
            "請求額は15.00 EURです。30日の料金60.00 EURで計算すると、利用済みの2日は4.00 EURとなるため、お返しする額は11.00 EURです。",
        ],
    );
}

#[test]
fn credits_that_are_shared_by_time_say_of_how_many_days() {
    use crate::account::PlanCredits;
    use crate::fraction::Fraction;
    use crate::quote::CreditsCount;

    let whole = |number| Fraction::new(number, 1);
    let told = |count: CreditsCount, after: PlanCredits| {
        Language::ALL.map(|language| {
            let amount = |amount: i64| match language {
                Language::English => format!("{amount} hours"),
                Language::German => format!("{amount} Stunden"),
                Language::Japanese => format!("{amount}時間"),
            };
            count.sentence(Some(after), language, amount).expect("a sentence")
        })
    };
    let shared =
        |before, after, spent| CreditsCount::Shared { before, after, rest: 12, whole: 30, unit: TimeUnit::Day, spent };
    assert_eq!(
        told(shared(40, 55, None), PlanCredits::entitled(whole(46), 9, 55)),
        [
            "For 12 of 30 days, 55 hours count instead of 40 hours: 46 hours in this period.",
            "Für 12 von 30 Tagen zählen 55 Stunden statt 40 Stunden: 46 Stunden in diesem Zeitraum.",
            "30日のうち12日は40時間に代えて55時間として計算し、この期間は合計46時間です。",
        ]
    );
    assert_eq!(
        told(shared(55, 40, None), PlanCredits::entitled(whole(49), 50, 40)),
        [
            "For 12 of 30 days, 40 hours count instead of 55 hours: 49 hours in this period. 50 hours are used already.",
            "Für 12 von 30 Tagen zählen 40 Stunden statt 55 Stunden: 49 Stunden in diesem Zeitraum. Verbraucht sind schon 50 Stunden.",
            "30日のうち12日は55時間に代えて40時間として計算し、この期間は合計49時間です。すでに50時間を使用しています。",
        ]
    );
    let [english, german, japanese] = told(shared(40, 55, Some(whole(16))), PlanCredits::entitled(whole(62), 40, 55));
    assert!(english.ends_with("62 hours in this period. What was used of the old ones is not given back, and stays."));
    assert!(german.ends_with("Was von den alten verbraucht ist, wird nicht erstattet und bleibt."), "{german}");
    assert!(japanese.ends_with("使用済みの分は返金の対象にならず、そのまま残ります。"), "{japanese}");
    let over = Fraction::new(20, 3);
    assert_eq!(
        told(CreditsCount::Begun { after: 55, over }, PlanCredits::entitled(whole(55) - over, 0, 55)),
        [
            "The period that begins has 55 hours, less 6.66… that were used beyond what the time before it gave.",
            "Der Zeitraum, der beginnt, hat 55 Stunden, weniger 6,66…, die über das hinaus verbraucht sind, was die Zeit davor gab.",
            "新しい期間は55時間で始まり、それまでの時間に応じた分を超えて使用した6.66…を差し引きます。",
        ]
    );
    let half = CreditsCount::Begun { after: 0, over: Fraction::new(1, 2) };
    let [english, ..] = told(half, PlanCredits::entitled(Fraction::new(-1, 2), 0, 0));
    assert_eq!(
        english,
        "The period that begins has 0 hours, less 0.5 that were used beyond what the time before it gave."
    );
    let counted = shared(1, 2, None).sentence(None, Language::German, |amount| plan_credits(Language::German, amount));
    assert!(counted.is_some_and(|text| text.contains("zählen 2 Inklusiveinheiten statt 1 Inklusiveinheit")));
    let nothing = CreditsCount::Begun { after: 0, over: Fraction::ZERO };
    assert_eq!(nothing.sentence(None, Language::English, |amount| amount.to_string()), None);
}
