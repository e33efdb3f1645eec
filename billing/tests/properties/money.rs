//! Amounts, currencies and shares, against whole-number arithmetic of 128 bits.

use billing::money::{Currency, Money, sum};
use billing::share::{Rounding, part_of, share};
use proptest::prelude::*;

/// Some currencies and their decimals, from the table of ISO 4217, written down apart from the code.
const KNOWN: [(&str, u8); 20] = [
    ("EUR", 2),
    ("USD", 2),
    ("GBP", 2),
    ("CHF", 2),
    ("SEK", 2),
    ("PLN", 2),
    ("CZK", 2),
    ("HUF", 2),
    ("INR", 2),
    ("MGA", 2),
    ("JPY", 0),
    ("KRW", 0),
    ("VND", 0),
    ("ISK", 0),
    ("CLP", 0),
    ("XOF", 0),
    ("KWD", 3),
    ("BHD", 3),
    ("TND", 3),
    ("CLF", 4),
];

fn currency() -> impl Strategy<Value = Currency> {
    (0..KNOWN.len()).prop_map(|at| Currency::parse(KNOWN[at].0).expect("a listed currency"))
}

fn rounding() -> impl Strategy<Value = Rounding> {
    prop_oneof![Just(Rounding::HalfAway), Just(Rounding::HalfEven), Just(Rounding::Truncate), Just(Rounding::Up)]
}

#[test]
fn currencies_have_the_decimals_of_the_standard() {
    for (code, decimals) in KNOWN {
        assert_eq!(Currency::parse(code).map(Currency::exponent), Ok(decimals), "{code}");
    }
    for code in ["", "EU", "EURO", "eur", "XXX", "ABC", "€", "E R", "EUR\0"] {
        assert!(Currency::parse(code).is_err(), "{code:?}");
    }
}

#[test]
fn every_three_letters_that_are_a_currency_print_as_themselves() {
    let letters = || (b'A'..=b'Z').map(char::from);
    let codes = letters().flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    let known: Vec<Currency> = codes.filter_map(|code| Currency::parse(&code).ok()).collect();
    // ISO 4217 lists about 180 codes in use.
    assert!((150..=190).contains(&known.len()), "{} currencies", known.len());
    for currency in known {
        assert_eq!(Currency::parse(&currency.to_string()), Ok(currency));
        assert!(currency.exponent() <= 4);
    }
}

#[test]
fn texts_that_are_no_amounts_are_refused() {
    let eur = Currency::parse("EUR").expect("a listed currency");
    for text in ["", "-", ".", "1.", ".5", "1,50", "1 000", "+1", "1e3", "--1", "1.005", "0x10", "١", "99999999999999"]
    {
        assert!(Money::parse(text, eur).is_err(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn an_amount_reads_as_it_prints(minor in -1_000_000_000_000i64..=1_000_000_000_000, currency in currency()) {
        let amount = Money::new(minor, currency);
        prop_assert_eq!(Money::parse(&amount.decimal(), currency), Ok(amount));
        let (number, code) = amount.to_string().split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("two words");
        prop_assert_eq!(number, amount.decimal());
        prop_assert_eq!(code, currency.code());
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,20}", currency in currency()) {
        if let Ok(amount) = Money::parse(&text, currency) {
            prop_assert!(amount.minor.abs() <= Money::LIMIT_MINOR);
        }
    }

    /// The nearest whole number to an exact fraction, found by looking at both neighbours.
    #[test]
    fn a_share_is_the_nearest_whole_number(
        minor in -1_000_000_000_000i64..=1_000_000_000_000,
        (part, whole) in (1i64..=40_000_000).prop_flat_map(|whole| (0..=whole, Just(whole))),
        rounding in rounding(),
    ) {
        let amount = Money::new(minor, Currency::parse("EUR").expect("a listed currency"));
        let found = i128::from(share(amount, part, whole, rounding).minor);
        let (product, whole) = (i128::from(minor) * i128::from(part), i128::from(whole));
        let floor = product.div_euclid(whole);
        let (down, up) = (product - floor * whole, (floor + 1) * whole - product);
        let toward_zero = if product < 0 && down != 0 { floor + 1 } else { floor };
        let from_zero = if product > 0 && down != 0 { floor + 1 } else { floor };
        let expected = match rounding {
            Rounding::Truncate => toward_zero,
            Rounding::Up => from_zero,
            _ if down < up => floor,
            _ if down > up => floor + 1,
            Rounding::HalfAway => from_zero,
            Rounding::HalfEven => if floor % 2 == 0 { floor } else { floor + 1 },
        };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_partition_of_a_line_adds_up_to_the_line(
        minor in -1_000_000_000i64..=1_000_000_000,
        whole in 1i64..=2_678_400,
        cuts in prop::collection::vec(0i64..=2_678_400, 0..20),
        rounding in rounding(),
    ) {
        let amount = Money::new(minor, Currency::parse("EUR").expect("a listed currency"));
        let mut edges: Vec<i64> = cuts.into_iter().map(|cut| cut.min(whole)).chain([0, whole]).collect();
        edges.sort_unstable();
        let parts = edges.windows(2).map(|edge| part_of(amount, edge[0], edge[1], whole, rounding));
        prop_assert_eq!(sum(amount.currency, parts), amount);
    }
}
