//! The texts that customers read, by key, in every language. They stand in `server/locales` as Fluent files, a folder for
//! each language, and are part of the binary. How amounts and days are written is in `amount` and `dates`; how amounts
//! are explained is `billing::explain`. Which language a page speaks is its storefront's.
//!
//! A key is always written out where it is asked for, so that `server/tests/languages` can hold the sources against the
//! files: every key that is used exists in every language with the same placeholders, and every key is used.

use std::sync::LazyLock;

pub use billing::explain::Language;
pub use fluent_bundle::FluentArgs as Args;
use fluent_bundle::{FluentResource, concurrent::FluentBundle};

/// The values of placeholders by name: `args!["name" => name, "count" => 2]`.
macro_rules! args {
    ($($name:literal => $value:expr),+ $(,)?) => {{
        let mut args = $crate::ui::language::Args::new();
        $(args.set($name, $value);)+
        args
    }};
}
pub(crate) use args;

type Bundle = FluentBundle<FluentResource>;

macro_rules! files {
    ($folder:literal) => {
        [
            ("account", include_str!(concat!("../../locales/", $folder, "/account.ftl"))),
            ("change", include_str!(concat!("../../locales/", $folder, "/change.ftl"))),
            ("document", include_str!(concat!("../../locales/", $folder, "/document.ftl"))),
            ("error", include_str!(concat!("../../locales/", $folder, "/error.ftl"))),
            ("frame", include_str!(concat!("../../locales/", $folder, "/frame.ftl"))),
            ("mail", include_str!(concat!("../../locales/", $folder, "/mail.ftl"))),
            ("service", include_str!(concat!("../../locales/", $folder, "/service.ftl"))),
            ("words", include_str!(concat!("../../locales/", $folder, "/words.ftl"))),
        ]
    };
}

/// The files of a language: a name and what stands in it.
#[must_use]
pub fn files(language: Language) -> [(&'static str, &'static str); 8] {
    match language {
        Language::English => files!("en"),
        Language::German => files!("de"),
        Language::Japanese => files!("ja"),
    }
}

static BUNDLES: LazyLock<Vec<(Language, Bundle)>> =
    LazyLock::new(|| Language::ALL.into_iter().map(|language| (language, bundle(language))).collect());

fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().expect("a tag of ours")]);
    // All three are written from left to right, and marks of direction would stand in what people copy.
    bundle.set_use_isolating(false);
    for (name, text) in files(language) {
        let resource = FluentResource::try_new(text.to_owned());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("{name}.ftl in {}: {errors:?}", language.tag()));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{name}.ftl in {} says something twice: {errors:?}", language.tag());
        }
    }
    bundle
}

/// Texts by key.
pub trait Texts {
    /// A text without placeholders.
    fn text(&self, key: &str) -> String;

    /// A text with its placeholders filled.
    fn fill(&self, key: &str, args: &Args<'_>) -> String;
}

impl Texts for Language {
    /// # Panics
    ///
    /// Where there is no such text, which a test rules out.
    fn text(&self, key: &str) -> String {
        written(*self, key, None)
    }

    fn fill(&self, key: &str, args: &Args<'_>) -> String {
        written(*self, key, Some(args))
    }
}

fn written(language: Language, key: &str, args: Option<&Args<'_>>) -> String {
    let bundle = BUNDLES.iter().find(|(of, _)| *of == language).map(|(_, bundle)| bundle);
    let bundle = bundle.expect("every language has its texts");
    let message = bundle.get_message(key).and_then(|message| message.value());
    let pattern = message.unwrap_or_else(|| panic!("there is no text {key:?} in {}", language.tag()));
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", language.tag());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_filled_and_counts_as_its_language_does() {
        let open = |language: Language, count: u32| {
            language.fill("invoices-open", &args!["amount" => "1", "count" => count]).replace('\u{a0}', " ")
        };
        assert_eq!(open(Language::English, 1), "1 is open on 1 invoice.");
        assert_eq!(open(Language::English, 2), "1 is open on 2 invoices.");
        assert_eq!(open(Language::German, 1), "1 ist auf 1 Rechnung offen.");
        assert_eq!(open(Language::German, 2), "1 ist auf 2 Rechnungen offen.");
        assert_eq!(open(Language::Japanese, 2), "2件の請求書で1が未払いです。");
    }
}
