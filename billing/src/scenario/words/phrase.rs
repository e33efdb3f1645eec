//! The words of a line, taken one after another.

use std::iter::Peekable;
use std::str::SplitWhitespace;

use crate::calendar::Cycle;

/// What is left of a line.
pub(super) struct Phrase<'a>(Peekable<SplitWhitespace<'a>>);

impl<'a> Phrase<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self(text.split_whitespace().peekable())
    }

    /// The next word, left where it is.
    pub(super) fn peek(&mut self) -> Option<&'a str> {
        self.0.peek().copied()
    }

    /// The next word; the question where there is none.
    pub(super) fn word(&mut self, question: &str) -> Result<&'a str, String> {
        self.0.next().ok_or_else(|| question.to_owned())
    }

    /// Takes the next word where it is this one.
    pub(super) fn take(&mut self, word: &str) -> bool {
        self.0.next_if_eq(&word).is_some()
    }

    /// Takes the next word, which must be this one.
    pub(super) fn expect(&mut self, word: &str) -> Result<(), String> {
        let found = self.0.next();
        if found == Some(word) {
            Ok(())
        } else {
            Err(format!("expected {word:?} before {:?}", found.unwrap_or("the end")))
        }
    }

    pub(super) fn is_number(&mut self) -> bool {
        self.peek().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    }

    pub(super) fn number<T: std::str::FromStr>(&mut self, question: &str) -> Result<T, String> {
        let word = self.word(question)?;
        word.parse().map_err(|_| format!("{question} {word:?} is not a number"))
    }

    /// `monthly`, `yearly`, `every 3 months`; none where the next word is another.
    pub(super) fn cycle(&mut self) -> Result<Option<Cycle>, String> {
        if self.take("monthly") {
            Ok(Some(Cycle::MONTH))
        } else if self.take("yearly") {
            Ok(Some(Cycle::YEAR))
        } else if self.take("every") {
            let (count, unit) = (self.word("every how many?")?, self.word("every how many of what?")?);
            Cycle::parse(&format!("{count} {unit}")).map(Some).map_err(|error| error.to_string())
        } else {
            Ok(None)
        }
    }

    /// Nothing may be left.
    pub(super) fn end(&mut self) -> Result<(), String> {
        match self.0.next() {
            None => Ok(()),
            Some(word) => Err(format!("{word:?} is one word too many")),
        }
    }
}
