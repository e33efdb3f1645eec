//! Our few drawings: one stroke path each on a 20 × 20 field, coloured by the text around them.

/// A drawing. It never stands alone for a meaning; a word is always beside it or in its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Four tiles: the dashboard.
    Tiles,
    /// Two stacked boxes: servers.
    Server,
    /// A sheet with lines: an invoice.
    Invoice,
    /// A purse: the balance.
    Purse,
    /// A folder: documents.
    Folder,
    /// Two sliders: settings.
    Sliders,
    /// A head and shoulders: customers.
    Person,
    /// Two arrows up and down: changes.
    Arrows,
    /// A card: payments.
    Card,
    /// A plug: server modules.
    Plug,
    /// A letter: mail.
    Letter,
    /// A tag: the catalogue.
    Tag,
    /// A list: the log.
    List,
    /// A tick in no circle: done.
    Tick,
    /// A clock: waiting.
    Clock,
    /// An exclamation mark in a triangle: attention.
    Alert,
    /// A cross: failed or closed.
    Cross,
    /// An i in a circle: for information.
    Info,
    /// A circle of an arrow: restarts, repeats.
    Restart,
    /// An arrow up: upgrade.
    Up,
    /// An arrow down: downgrade.
    Down,
    /// Three dots, one over the other: a menu.
    More,
    /// A lens: search.
    Lens,
    /// A door: log out.
    Leave,
    /// A small arrow to the end: goes on.
    Onward,
    /// A bar in a circle: stopped.
    Stopped,
}

impl Icon {
    /// The path of the drawing, for the attribute `d`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Tiles => "M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z",
            Self::Server => "M3 3.5h14v5.5H3zM3 11h14v5.5H3zM6 6.25h.01M6 13.75h.01M10 6.25h4M10 13.75h4",
            Self::Invoice => "M5 2.5h10v15l-2.5-1.5-2.5 1.5-2.5-1.5L5 17.5zM8 7h4M8 10.5h4",
            Self::Purse => "M16 6.5V4H4.5a1.5 1.5 0 0 0 0 3H17v9.5H4.5A1.5 1.5 0 0 1 3 15V5.5M13.5 11.75h.01",
            Self::Folder => "M2.5 5V16h15V6.5H10L8 4H2.5z",
            Self::Sliders => {
                "M3 6h5M12 6h5M3 14h9M16 14h1M8 6a2 2 0 1 0 4 0 2 2 0 1 0-4 0M12 14a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
            }
            Self::Person => {
                "M10 10a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 17c.6-3 3.2-4.5 6.5-4.5s5.9 1.5 6.5 4.5"
            }
            Self::Arrows => "M6.5 16.5v-13M3 7l3.5-3.5L10 7M13.5 3.5v13M10 13l3.5 3.5L17 13",
            Self::Card => "M2.5 4.5h15v11h-15zM2.5 8.5h15M5.5 12.5h3",
            Self::Plug => "M7 2.5v4M13 2.5v4M4.5 6.5h11v3a5.5 5.5 0 0 1-11 0zM10 15v2.5",
            Self::Letter => "M2.5 4.5h15v11h-15zM2.5 5.5l7.5 6 7.5-6",
            Self::Tag => "M3 3h7l7.5 7.5-7 7L3 10zM6.5 6.5h.01",
            Self::List => "M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01",
            Self::Tick => "M4 10.5l4 4 8-9",
            Self::Clock => "M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5zM10 6v4.25l2.75 1.75",
            Self::Alert => "M10 3l7.5 13.5h-15zM10 8v4M10 14.25h.01",
            Self::Cross => "M5 5l10 10M15 5L5 15",
            Self::Info => "M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5zM10 9.25v4.25M10 6.5h.01",
            Self::Restart => "M16.25 10a6.25 6.25 0 1 1-2-4.6M16.5 2.5v3.5H13",
            Self::Up => "M10 16.5v-13M4.5 9L10 3.5 15.5 9",
            Self::Down => "M10 3.5v13M4.5 11l5.5 5.5 5.5-5.5",
            Self::More => "M10 4.5h.01M10 10h.01M10 15.5h.01",
            Self::Lens => "M8.75 3a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5zM13 13l4 4",
            Self::Leave => "M8 3H3.5v14H8M8 10h9M13.5 6.5L17 10l-3.5 3.5",
            Self::Onward => "M7.5 4.5L13 10l-5.5 5.5",
            Self::Stopped => "M10 2.75a7.25 7.25 0 1 0 0 14.5 7.25 7.25 0 0 0 0-14.5zM6.5 10h7",
        }
    }

    /// Every drawing, for the style guide.
    pub const ALL: [Self; 26] = [
        Self::Tiles,
        Self::Server,
        Self::Invoice,
        Self::Purse,
        Self::Folder,
        Self::Sliders,
        Self::Person,
        Self::Arrows,
        Self::Card,
        Self::Plug,
        Self::Letter,
        Self::Tag,
        Self::List,
        Self::Tick,
        Self::Clock,
        Self::Alert,
        Self::Cross,
        Self::Info,
        Self::Restart,
        Self::Up,
        Self::Down,
        Self::More,
        Self::Lens,
        Self::Leave,
        Self::Onward,
        Self::Stopped,
    ];
}
