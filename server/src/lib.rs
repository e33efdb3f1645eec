//! Everything asynchronous and every outside format: HTTP, HTML, JSON, mail, gateways, modules.
//! No rule of the business lives here (see `billing`) and no SQL (see `store`). The binary
//! `midcycle` in `main.rs` only reads its arguments and calls into this library.

pub mod portal;
pub mod ui;
