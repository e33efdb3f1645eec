//! What went wrong, in plain words: what happened, what was not done, what to do.

use crate::ui::Page;
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
        let (title, happened, not_done, to_do) = words(status);
        page.title = title.into();
        Self {
            page,
            status,
            happened: happened.into(),
            not_done: not_done.into(),
            to_do: to_do.into(),
            request_id: request_id.into(),
        }
    }

    /// The same page with its own words about what happened.
    #[must_use]
    pub fn happened(mut self, sentence: impl Into<String>) -> Self {
        self.happened = sentence.into();
        self
    }
}

const fn words(status: u16) -> (&'static str, &'static str, &'static str, &'static str) {
    match status {
        400 => (
            "We could not read that",
            "The address or the form had parts that we do not understand.",
            "Nothing was changed and nothing was charged.",
            "Go back, reload the page and try once more.",
        ),
        401 => (
            "Please log in",
            "You are not logged in, or your session has ended.",
            "Nothing was changed and nothing was charged.",
            "Log in and open the page again.",
        ),
        403 => (
            "That is not allowed",
            "You do not have the right to do this, or the form came from a page that had grown too old.",
            "Nothing was changed and nothing was charged.",
            "Go back, reload the page and try once more. If it stays, ask the person who manages your account.",
        ),
        404 => (
            "There is nothing here",
            "This address does not exist, or it does not belong to your account.",
            "Nothing was changed.",
            "Check the address, or start again from the dashboard.",
        ),
        405 => (
            "That does not work here",
            "This address exists, but it cannot be used in this way.",
            "Nothing was changed and nothing was charged.",
            "Go back to the page you came from and use the buttons there.",
        ),
        409 => (
            "Something changed in between",
            "While you were on the page, something else happened to the same service.",
            "Nothing was changed by this request and nothing was charged.",
            "Open the service again and look at its present state.",
        ),
        413 => (
            "That was too much at once",
            "What was sent is larger than we accept.",
            "Nothing was stored.",
            "Send less, and try once more.",
        ),
        422 => (
            "That cannot be done",
            "We understood what was asked, but it is not possible as it stands.",
            "Nothing was changed and nothing was charged.",
            "Go back, change what you filled in and try once more.",
        ),
        429 => (
            "Too many tries",
            "There were too many requests in a short time.",
            "The last request was not carried out.",
            "Wait a minute and try once more.",
        ),
        503 => (
            "We are busy for a moment",
            "The server cannot take your request just now.",
            "Nothing was changed and nothing was charged.",
            "Wait a minute and try once more.",
        ),
        _ => (
            "Something went wrong on our side",
            "The server met a problem that we did not foresee. It has been written to our log.",
            "What you asked for was not carried out. If you were paying, look at the invoice before you pay again.",
            "Try again in a minute. If it stays, tell support the number below.",
        ),
    }
}
