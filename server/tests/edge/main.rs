//! The outside edge against the real engine and store: the pump with the sandbox gateway and a real module program, and
//! the demo's book, which `midcycle explain` explains, and `midcycle conformance`. No test sleeps: the clock stands, and is moved.

mod conformance;
mod demo;
mod explain;
mod lint;
mod pump;
mod world;
