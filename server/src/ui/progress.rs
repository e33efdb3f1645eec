//! What has happened and what comes next: the progress line of a change, the timeline of a log,
//! and the bar that shows how full something is.

use super::{DateView, Icon, Page};

/// Where a step of a progress line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind us.
    Done,
    /// Running, or waiting for somebody.
    Current,
    /// Not yet reached.
    Ahead,
    /// Stopped here.
    Failed,
}

impl StepState {
    /// The class in `app.css`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Ahead => "ahead",
            Self::Failed => "failed",
        }
    }

    /// The word a screen reader hears before the label.
    #[must_use]
    pub fn spoken(self, page: &Page) -> String {
        match self {
            Self::Done => page.text("spoken-done"),
            Self::Current => page.text("spoken-now"),
            Self::Ahead => page.text("spoken-ahead"),
            Self::Failed => page.text("spoken-stopped"),
        }
    }

    /// The drawing in the marker.
    #[must_use]
    pub const fn icon(self) -> Option<Icon> {
        match self {
            Self::Done => Some(Icon::Tick),
            Self::Failed => Some(Icon::Cross),
            Self::Current | Self::Ahead => None,
        }
    }
}

/// One step: `Paid`, `Resizing`, `Restarted`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the step is called.
    pub label: String,
    /// Where it stands.
    pub state: StepState,
    /// When it was reached, if it was.
    pub at: Option<DateView>,
    /// A few words more: `waiting for your bank`.
    pub note: Option<String>,
}

impl Step {
    /// A step with neither time nor note.
    #[must_use]
    pub fn new(label: impl Into<String>, state: StepState) -> Self {
        Self { label: label.into(), state, at: None, note: None }
    }

    /// The same step, reached at a moment.
    #[must_use]
    pub fn at(mut self, at: DateView) -> Self {
        self.at = Some(at);
        self
    }

    /// The same step with a few words more.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One entry of a timeline, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: DateView,
    /// What happened, as a sentence.
    pub sentence: String,
    /// Who did it: a name, `Midcycle`, `Sandbox gateway`.
    pub by: String,
    /// The drawing in the marker.
    pub icon: Icon,
    /// Where to read more.
    pub href: Option<String>,
}

/// How full something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageBar {
    /// What is measured: `Disk`.
    pub label: String,
    /// Used, in the unit of `limit`.
    pub used: u64,
    /// The limit; zero means none.
    pub limit: u64,
    /// `62 of 80 GB`.
    pub text: String,
}

impl UsageBar {
    /// The filled part of the bar, from 0 to 100.
    #[must_use]
    pub const fn percent(&self) -> u64 {
        if self.limit == 0 || self.used == 0 {
            return 0;
        }
        let percent = self.used.saturating_mul(100) / self.limit;
        if percent > 100 { 100 } else { percent }
    }

    /// Whether the bar should draw the eye: nine tenths full or more.
    #[must_use]
    pub const fn nearly_full(&self) -> bool {
        self.limit > 0 && self.used.saturating_mul(10) >= self.limit.saturating_mul(9)
    }
}
