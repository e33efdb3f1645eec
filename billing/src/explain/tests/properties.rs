//! Of any derivation: every number of its sentences is the replay's, and each is short enough to read.

use proptest::prelude::*;

use super::*;
use crate::share::share;

fn any_discount() -> impl Strategy<Value = Discount> {
    prop_oneof![
        (0..=100_u32).prop_map(|percents| percent(&percents.to_string())),
        (0..500_000_i64).prop_map(|minor| Discount::Amount(Money::new(minor, eur("0").currency))),
    ]
}

fn any_time() -> impl Strategy<Value = (TimeUnit, i64, i64, Denominator, Cut)> {
    let whole = prop_oneof![Just(1_i64), Just(12), Just(30), 28..32_i64, 365..367_i64, Just(31_536_000)];
    let unit =
        prop::sample::select(vec![TimeUnit::Second, TimeUnit::Minute, TimeUnit::Hour, TimeUnit::Day, TimeUnit::Month]);
    let denominator = prop::sample::select(vec![
        Denominator::Period,
        Denominator::FixedDays(30),
        Denominator::Nominal,
        Denominator::Thirty360,
    ]);
    let cut = prop::sample::select(vec![Cut::Instant, Cut::ChangeDay, Cut::NextDay]);
    (unit, whole, 0..=1000_i64, denominator, cut)
        .prop_map(|(unit, whole, part, denominator, cut)| (unit, whole * part / 1000, whole, denominator, cut))
}

fn any_derivation() -> impl Strategy<Value = Derivation> {
    let money = || (0..500_000_i64).prop_map(|minor| Money::new(minor, Currency::parse("EUR").expect("a currency")));
    let stage = prop_oneof![
        3 => Just(RoundingStage::Line),
        1 => Just(RoundingStage::UnitRate),
        1 => (1..=9_u8).prop_map(RoundingStage::Factor),
        1 => (2..=200_u16).prop_map(RoundingStage::Step),
    ];
    let rounding = prop::sample::select(vec![Rounding::HalfAway, Rounding::HalfEven, Rounding::Truncate, Rounding::Up]);
    let remainder = prop::sample::select(vec![Remainder::Complement, Remainder::Rounded]);
    let side = prop_oneof![8 => Just(Side::Prorated), 1 => Just(Side::Full), 1 => Just(Side::None)];
    let basis = prop::sample::select(vec![Basis::Price, Basis::Billed, Basis::PriceNow, Basis::Trial]);
    let carry = prop::option::of((-90..90_i128, 1..31_i128).prop_map(|(over, under)| Fraction::new(over, under)));
    let by = (side, stage, remainder, rounding, basis, carry);
    let old = prop::option::weighted(0.2, (money(), money()).prop_map(|(price, credit)| NetOf { price, credit }));
    let on_part = prop::option::weighted(0.3, (any_discount(), any::<bool>()));
    let unused = prop::option::weighted(0.2, (0..=40_i64).prop_map(|left| Unused { left, of: 40 }));
    let used_at = prop::option::weighted(0.2, (money(), 1..12_i64, any::<bool>()));
    let list = prop::option::weighted(0.3, (money(), prop::option::of(any_discount())));
    (any_time(), money(), money(), by, (old, on_part, unused, used_at, list)).prop_map(
        |((unit, part, whole, denominator, cut), line, cap, by, (net_of, on_part, unused, used_at, list))| {
            let (side, stage, remainder, rounding, basis, carry) = by;
            // What was billed is shared by its own length, and days alone can count otherwise than by the calendar.
            let by_rule = basis != Basis::Billed && unit == TimeUnit::Day;
            let denominator = if by_rule { denominator } else { Denominator::Period };
            // Steps are refused beside a discount on the part and beside a claw-back.
            let steps = matches!(stage, RoundingStage::Step(_));
            let (on_part, used_at) = (on_part.filter(|_| !steps), used_at.filter(|_| !steps));
            Derivation {
                line,
                cap,
                unit,
                denominator,
                cut,
                side,
                stage,
                remainder,
                rounding,
                basis,
                net_of: net_of.map(Box::new),
                unused,
                from: whole - part,
                until: whole,
                whole,
                discount: on_part
                    .filter(|_| basis == Basis::Price)
                    .map(|(discount, in_full)| Box::new(DiscountOnPart { discount, in_full })),
                used_at: used_at.map(|(price, used, by_month)| {
                    Box::new(UsedAt { price, used, whole: if by_month { 1 } else { 12 }, unit: TimeUnit::Month })
                }),
                carry: carry.filter(|_| {
                    let plain =
                        stage == RoundingStage::Line && side == Side::Prorated && denominator == Denominator::Period;
                    plain && net_of.is_none() && on_part.is_none() && used_at.is_none()
                }),
                list: list.map(|(list, _)| list),
                list_discount: list.and_then(|(_, discount)| discount).filter(|_| basis == Basis::Price).map(Box::new),
                ..days("0", 0, 1)
            }
        },
    )
}

/// The numbers that a text claims, written with a decimal point.
fn numbers(text: &str, language: Language) -> Vec<String> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let texts = text.split(|c: char| !is_number(c));
    let texts = texts.map(|text| text.trim_matches(['.', ','])).filter(|text| !text.is_empty());
    let plain = |text: &str| match language {
        Language::German => text.replace('.', "").replace(',', "."),
        _ => text.replace(',', ""),
    };
    texts.map(plain).collect()
}

/// What a derivation replays to, where one of its fields is another: the amounts on the way.
fn on_the_way(derivation: &Derivation) -> Vec<Money> {
    let Derivation { line, cap, rounding, whole, from, until, .. } = *derivation;
    let unbounded =
        Derivation { cap: Money::new(Money::LIMIT_MINOR, line.currency), unused: None, ..derivation.clone() };
    let found = unbounded.replay();
    let part = Derivation { discount: None, ..unbounded.clone() }.replay();
    let mut known = vec![line, cap, found, part, part - found, derivation.replay()];
    known.extend(derivation.list);
    known.extend(derivation.unused.map(|unused| share(cap, unused.left, unused.of, rounding)));
    known.extend(
        [
            derivation.list_discount.as_deref().copied(),
            derivation.discount.as_deref().copied().map(|on_part| on_part.discount),
        ]
        .into_iter()
        .filter_map(|discount| match discount {
            Some(Discount::Amount(fixed)) => Some(fixed),
            _ => None,
        }),
    );
    if let Some(used) = derivation.used_at.as_deref().copied() {
        known.extend([used.price, share(used.price, used.used, used.whole, rounding)]);
    }
    let mut shared = line;
    if let Some(old) = derivation.net_of.as_deref().copied() {
        shared = if line < old.price { old.price - line } else { line - old.price };
        let of_difference =
            Derivation { net_of: None, discount: None, used_at: None, line: shared, ..unbounded.clone() };
        known.extend([old.price, old.credit, shared, of_difference.replay()]);
    }
    let plain = Derivation { net_of: None, discount: None, used_at: None, line: shared, ..unbounded };
    let before = Derivation { until: from, from: 0, ..plain }.replay();
    // A unit's price that was rounded up can make the time before the part cost more than all of it.
    known.extend([before, before - shared]);
    if until > from {
        known.push(share(shared, 1, whole, rounding));
    }
    known
}

fn allowed(derivation: &Derivation) -> Vec<String> {
    let mut allowed: Vec<String> = on_the_way(derivation).into_iter().map(Money::decimal).collect();
    let Derivation { from, until, whole, .. } = *derivation;
    // One unit of time, and the days of a month by rule.
    allowed.extend([1, 30, until - from, whole].map(|count| count.to_string()));
    if let RoundingStage::Step(step) = derivation.stage {
        allowed.push(Money::new(step.into(), derivation.line.currency).decimal());
    }
    allowed.extend(derivation.used_at.iter().flat_map(|used| [used.used, used.whole]).map(|count| count.to_string()));
    allowed.extend(derivation.unused.iter().flat_map(|unused| [unused.left, unused.of]).map(|count| count.to_string()));
    for discount in [
        derivation.list_discount.as_deref().copied(),
        derivation.discount.as_deref().copied().map(|on_part| on_part.discount),
    ] {
        if let Some(Discount::Percent(percent)) = discount {
            allowed.push(percent.to_string());
        }
    }
    allowed
}

/// A decimal number in millionths of a millionth; enough for a factor of 12 digits.
fn scaled(number: &str) -> i128 {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let decimals: String = format!("{decimals:0<15}").chars().take(15).collect();
    format!("{whole}{decimals}").parse().expect("a number")
}

proptest! {
    #[test]
    fn every_number_of_a_sentence_is_the_replays(derivation in any_derivation()) {
        let allowed = allowed(&derivation);
        let cent = 10_i128.pow(13);
        let near = |claimed: &str| {
            // Before rounding, an amount is less than a cent away from one on the way; a factor is a fraction.
            let fraction = |part: i64| i128::from(part) * 10_i128.pow(15) / i128::from(derivation.whole);
            let factors = [derivation.until - derivation.from, derivation.from].map(fraction);
            let digits = claimed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let is_amount = digits > 2
                && on_the_way(&derivation).iter().any(|known| (scaled(&known.decimal()) - scaled(claimed)).abs() <= cent);
            let step = match derivation.stage {
                RoundingStage::Factor(digits) => 10_i128.pow(15 - u32::from(digits)),
                _ => 0,
            };
            is_amount || factors.iter().any(|factor| (factor - scaled(claimed)).abs() <= step)
        };
        for language in Language::ALL {
            let sentence = derivation.sentence(language);
            let claimed = numbers(&sentence, language);
            for number in &claimed {
                prop_assert!(allowed.contains(number) || near(number), "{number} in {sentence:?} of {derivation:?}");
            }
            prop_assert!(claimed.contains(&derivation.replay().decimal()), "{sentence:?} of {derivation:?}");
        }
    }

    #[test]
    fn no_sentence_is_too_long_to_read(derivation in any_derivation()) {
        for language in Language::ALL {
            for sentence in derivation.sentence(language).split_inclusive(['。']).flat_map(|part| part.split(". ")) {
                prop_assert!(sentence.chars().count() <= 220, "{}: {sentence:?}", sentence.chars().count());
            }
        }
    }
}
