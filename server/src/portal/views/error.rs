//! What went wrong, in plain words: what happened, what was not done, what to do.

use crate::ui::{Language, Page, Texts};
use askama::Template;

/// A page for an answer of 400 and above.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/error.html")]
pub struct ErrorPage {
    /// Around the content; use [`Page::bare`]. Its title says what happened.
    pub page: Page,
    /// The status of the answer.
    pub status: u16,
    /// What happened.
    pub happened: String,
    /// What was not done.
    pub not_done: String,
    /// What to do.
    pub to_do: String,
    /// The request's id, to be told to support.
    pub request_id: String,
}

impl ErrorPage {
    /// The page for a status, with the words that fit it. The title of `page` is replaced.
    #[must_use]
    pub fn for_status(mut page: Page, status: u16, request_id: impl Into<String>) -> Self {
        let [title, happened, not_done, to_do] = words(page.language, status);
        page.title = title;
        Self { page, status, happened, not_done, to_do, request_id: request_id.into() }
    }

    /// The same page with its own words about what happened.
    #[must_use]
    pub fn happened(mut self, sentence: impl Into<String>) -> Self {
        self.happened = sentence.into();
        self
    }
}

fn words(language: Language, status: u16) -> [String; 4] {
    let text = |key: &str| language.text(key);
    match status {
        400 => {
            [text("error-400-title"), text("error-400-happened"), text("error-400-not-done"), text("error-400-to-do")]
        }
        401 => {
            [text("error-401-title"), text("error-401-happened"), text("error-401-not-done"), text("error-401-to-do")]
        }
        403 => {
            [text("error-403-title"), text("error-403-happened"), text("error-403-not-done"), text("error-403-to-do")]
        }
        404 => {
            [text("error-404-title"), text("error-404-happened"), text("error-404-not-done"), text("error-404-to-do")]
        }
        405 => {
            [text("error-405-title"), text("error-405-happened"), text("error-405-not-done"), text("error-405-to-do")]
        }
        409 => {
            [text("error-409-title"), text("error-409-happened"), text("error-409-not-done"), text("error-409-to-do")]
        }
        413 => {
            [text("error-413-title"), text("error-413-happened"), text("error-413-not-done"), text("error-413-to-do")]
        }
        422 => {
            [text("error-422-title"), text("error-422-happened"), text("error-422-not-done"), text("error-422-to-do")]
        }
        429 => {
            [text("error-429-title"), text("error-429-happened"), text("error-429-not-done"), text("error-429-to-do")]
        }
        503 => {
            [text("error-503-title"), text("error-503-happened"), text("error-503-not-done"), text("error-503-to-do")]
        }
        _ => [
            text("error-other-title"),
            text("error-other-happened"),
            text("error-other-not-done"),
            text("error-other-to-do"),
        ],
    }
}
