//! What each page of the admin shows, as plain values with the words already chosen. No decision
//! and no query happens here; the requests in `admin` fill these, the templates in
//! `templates/admin` draw them, and `samples` renders each of them in every state.
//!
//! Most pages are a list ([`ListPage`]) or a form ([`FormPage`]); the others show one noun each.

pub mod catalogue;
pub mod change;
pub mod customer;
pub mod document;
pub mod form;
pub mod list;
pub mod log;
pub mod mail;
pub mod module;
pub mod payment;
pub mod plan_change;
pub mod samples;
pub mod service;

pub use catalogue::CataloguePage;
pub use change::ChangePage;
pub use customer::CustomerPage;
pub use document::DocumentPage;
pub use form::FormPage;
pub use list::ListPage;
pub use log::EntryPage;
pub use mail::MailPage;
pub use module::RunPage;
pub use plan_change::{ChoosePage, OutdatedPage, ReviewPage};
pub use service::ServicePage;
