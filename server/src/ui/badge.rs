//! A state in a word and a drawing; colour only repeats what both already say.

use super::Icon;

/// How a state feels, which chooses a colour and a default drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say beyond the word.
    Neutral,
    /// All is well.
    Good,
    /// Something runs or waits; nobody has to act.
    Waiting,
    /// Somebody should act.
    Attention,
    /// Something failed.
    Bad,
    /// Belongs to the storefront: the present plan, the chosen row.
    Accent,
}

impl Tone {
    /// The class in `app.css`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Good => "tone-good",
            Self::Waiting => "tone-waiting",
            Self::Attention => "tone-attention",
            Self::Bad => "tone-bad",
            Self::Accent => "tone-accent",
        }
    }

    /// The drawing that usually goes with it.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Neutral => Icon::Stopped,
            Self::Good | Self::Accent => Icon::Tick,
            Self::Waiting => Icon::Clock,
            Self::Attention => Icon::Alert,
            Self::Bad => Icon::Cross,
        }
    }
}

/// A state: a word, a drawing, a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// The word: `Paid`, `Waiting for payment`.
    pub word: String,
    /// The colour.
    pub tone: Tone,
    /// The drawing.
    pub icon: Icon,
}

impl Badge {
    /// A badge with the drawing usual for its tone.
    #[must_use]
    pub fn new(word: impl Into<String>, tone: Tone) -> Self {
        Self { word: word.into(), tone, icon: tone.icon() }
    }

    /// The same badge with another drawing.
    #[must_use]
    pub fn with_icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }
}
