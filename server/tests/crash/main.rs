//! The real program, killed. Customers drive `midcycle serve` over HTTP while it is ended without warning, stopped, or
//! left without room on its disk; then everything that was promised must be there, once (I16–I20, I22, I25). Others have a
//! past, and what time alone brings about falls due while the server is killed (I09, I25, I26).
//!
//! Moments come from fixed seeds and from counts of requests; what the machine makes of them differs from run to run.
//! The only waiting is for other programs, and each has its limit. The same guards without processes are in
//! `store/tests` (fences) and in `tests/edge` (the pump).

mod customer;
mod desk;
mod dice;
mod due;
mod full_disk;
mod http;
mod installation;
mod node;
mod one_file;
mod past;
mod quiet;
mod two_nodes;
mod undertaker;
