//! Everything asynchronous and every outside format: HTTP, HTML, JSON, mail, gateways, modules.
//! No rule of the business lives here (see `billing`) and no SQL (see `store`). The binary
//! `midcycle` in `main.rs` only calls `cli`.

pub mod admin;
pub mod api;
pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod configuration;
pub mod demo;
pub mod forms;
pub mod gateways;
pub mod mail;
pub mod modules;
pub mod portal;
pub mod pump;
pub mod ui;
pub mod web;
