//! What Midcycle decides: money, time, coverage, policy, quotes, refusals, laws.
//!
//! Absent on purpose: input and output, async, clocks, randomness, floats, SQL, HTML. `now` and every id arrive as
//! values; the same input gives the same output, byte for byte. Start reading at [`decide`], the contents page of the
//! business, and [`account`], what a decision may look at.
#![deny(clippy::float_arithmetic)]

pub mod account;
pub mod calendar;
pub mod cancellation;
pub mod carry;
pub mod catalogue;
pub mod command;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod coverage;
pub mod decide;
pub mod discount;
pub mod document;
pub mod dunning;
pub mod effect;
pub mod explain;
pub mod extension;
pub mod first_period;
pub mod fraction;
pub mod id;
pub mod laws;
pub mod ledger;
pub mod lint;
pub mod money;
pub mod name;
pub mod one_time;
pub mod payout;
pub mod percent;
pub mod policy;
pub mod proration;
pub mod quote;
pub mod refusal;
#[cfg(feature = "scenario")]
pub mod scenario;
pub mod service;
pub mod share;
pub mod shared;
pub mod tax;
pub mod usage;
