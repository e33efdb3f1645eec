//! A sentence in the language it is written in, which may be another one than the page's.

use billing::explain::Language;

/// A sentence that may be in another language than its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// Its BCP 47 tag, for `lang`; none where it is in the language of the page.
    pub lang: Option<&'static str>,
}

impl Sentence {
    /// A sentence in a language, on a page in English.
    pub fn new(text: impl Into<String>, language: Language) -> Self {
        let lang = (language != Language::English).then(|| language.tag());
        Self { text: text.into(), lang }
    }

    /// Sentences in a language, on a page in English.
    pub fn all(texts: Vec<String>, language: Language) -> Vec<Self> {
        texts.into_iter().map(|text| Self::new(text, language)).collect()
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Self::new(text, Language::English)
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self::new(text, Language::English)
    }
}
