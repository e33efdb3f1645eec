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
    /// A sentence in a language, on a page in another or the same.
    pub fn new(text: impl Into<String>, language: Language, page: Language) -> Self {
        let lang = (language != page).then(|| language.tag());
        Self { text: text.into(), lang }
    }

    /// Sentences in a language, on a page in another or the same.
    pub fn all(texts: Vec<String>, language: Language, page: Language) -> Vec<Self> {
        texts.into_iter().map(|text| Self::new(text, language, page)).collect()
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}
