//! What each page of the portal shows, as plain values with the words already chosen. No decision
//! and no query happens here; the requests in `portal` fill these, the templates in
//! `templates/portal` draw them, and `samples` renders each of them in every state.
//!
//! Fixed addresses stand in the templates; the address of anything with an id is a field `href`.

pub mod account;
pub mod document;
pub mod error;
pub mod money;
pub mod plan_change;
pub mod samples;
pub mod service;

pub use account::{DashboardPage, LoginPage, SettingsPage};
pub use document::{Bank, DocumentPage, DocumentView, Party, PayForm};
pub use error::ErrorPage;
pub use money::{BalancePage, DocumentsPage, InvoicesPage, PayoutOffer, PayoutPage};
pub use plan_change::{ChangePage, ChoosePage, Meaning, OutdatedPage, ReviewPage};
pub use service::{CancelPage, ServicePage, ServicesPage};
