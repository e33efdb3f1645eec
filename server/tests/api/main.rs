//! The API over real HTTP on a loopback port: the whole path of a plan change, bad input, keys, and the document.

mod bad_input;
mod cancellation;
mod document;
mod keys;
mod payouts;
mod repeat;
#[path = "../support/mod.rs"]
mod support;
mod terms;
mod usage;
mod whole_path;
