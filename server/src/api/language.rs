//! In which language an answer explains amounts: the one the request prefers, or else the storefront's.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use billing::explain::Language;
use engine::{Engine, EngineError, Reading};

/// The language that a request prefers among those there are; none where it names none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted(Option<Language>);

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let named = parts.headers.get(ACCEPT_LANGUAGE).and_then(|languages| languages.to_str().ok());
        Ok(Self(named.and_then(preferred)))
    }
}

impl Wanted {
    /// The language for an account that was read.
    pub fn on(self, reading: &Reading<'_>) -> Language {
        self.0.unwrap_or_else(|| Language::of(&reading.catalogue.language))
    }

    /// The language for a storefront.
    pub fn at(self, engine: &Engine, storefront: &str) -> Result<Language, EngineError> {
        match self.0 {
            Some(language) => Ok(language),
            None => Ok(Language::of(&engine.catalogue(storefront)?.language)),
        }
    }
}

/// The language with the greatest weight, the first among equals; `de-AT;q=0.8, *;q=0.1`. What cannot be read is as if it
/// were not there (RFC 9110, 12.5.4).
fn preferred(languages: &str) -> Option<Language> {
    let mut best: Option<(u16, Language)> = None;
    for part in languages.split(',').take(32) {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(thousandths);
        let (Some(weight), Some(language)) = (weight, Language::known(tag)) else { continue };
        if weight > 0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// A weight from `0` to `1` with at most three decimals.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(whole, "0" | "1") || decimals.len() > 3 || !digits(decimals) {
        return None;
    }
    let thousandths = format!("{whole}{decimals:0<3}").parse().ok()?;
    (thousandths <= 1000).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_weight_among_known_languages_wins() {
        assert_eq!(preferred("de-AT,de;q=0.9,en;q=0.8"), Some(Language::German));
        assert_eq!(preferred("fr, en;q=0.2, ja;q=0.7"), Some(Language::Japanese));
        assert_eq!(preferred("ja, de"), Some(Language::Japanese));
    }

    #[test]
    fn what_is_unknown_refused_or_unreadable_is_not_there() {
        assert_eq!(preferred("fr-CA, *;q=0.5"), None);
        assert_eq!(preferred("de;q=0"), None);
        assert_eq!(preferred("de;q=2, en;q=0.1234, ja;q=x"), None);
        assert_eq!(preferred(""), None);
    }
}
