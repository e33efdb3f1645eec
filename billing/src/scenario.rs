//! Stories that a bookkeeper can read and write, and the runner that tells them to a world: the pure core, a database,
//! an HTTP server. One file per story, in `scenarios/` at the root of the repository.
//!
//! `story.rs` is the language, `words.rs` reads it, `world.rs` is what a world must answer, `tell.rs` tells a story,
//! `expect.rs` compares, and `pure.rs` is the world of the pure core. Only tests build this module.
//!
//! ```text
//! policy  vps
//! plan    s 10.00 EUR monthly
//! plan    m 30.00 EUR monthly
//! given   2026-04-01 alice on s monthly
//! quote   2026-04-11 alice to m
//! expect  credit 6.67; charge 20.00; due 13.33; upgrade
//! submit  2026-04-11
//! expect  invoice open 13.33; still s
//! paid    2026-04-11
//! expect  on m; wanted m generation 2; mail plan_changed
//! again   2026-04-11
//! expect  nothing
//! ```
//!
//! The whole language is in `scenarios/README.md`.

mod expect;
mod pure;
mod seen;
mod story;
mod tell;
mod words;
mod world;

pub use pure::PureWorld;
pub use seen::{
    seen_cancellation, seen_invoice, seen_ledger, seen_payment, seen_quote, seen_refusal, seen_subscription,
};
pub use story::{Deed, Expectation, QuoteAmount, Step, Story, StoryError, Target, Told};
pub use tell::{Failure, tell};
pub use world::{
    Covered, No, Opened, Outcome, PayingOut, Quoted, Refused, Report, Seen, SeenChange, SeenDocument, SeenInvoice,
    SeenPayment, SeenService, SeenSubscription, Submitted, Wished, World,
};
