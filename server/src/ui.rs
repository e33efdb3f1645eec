//! What pages are made of: small values with the text already chosen, and nothing that decides.
//! Templates in `server/templates` read these through the macros in `templates/components`; the
//! look itself is `server/assets/app.css`. What a page shows stands in `portal::views` and
//! `admin::views`.

pub mod amount;
pub mod asset;
pub mod badge;
pub mod dates;
pub mod form;
pub mod icon;
pub mod language;
pub mod page;
pub mod progress;
pub mod sample;
pub mod style_guide;
pub mod table;

pub use amount::AmountView;
pub use badge::{Badge, Tone};
pub use dates::DateView;
pub use form::{Checkbox, Choice, DayField, Field, RadioCard, Select};
pub use icon::Icon;
pub use language::{Language, Texts};
pub use page::{Accent, AdminSection, Crumb, NavItem, Notice, Page, PortalSection};
pub use progress::{Event, Step, StepState, UsageBar};
pub use sample::Sample;
pub use table::{Column, EmptyState, Fact, MenuItem, Pager, Row, Table, Value};
