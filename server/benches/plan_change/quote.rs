//! Quotes over HTTP, beside a bare handler of axum that answers the same JSON.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::routing::post;
use axum::{Json, Router};
use midcycle::api::auth::create_key;
use midcycle::web;
use serde_json::{Value, json};
use store::Location;

use crate::books::{Original, Person, app_on, engine_on, now};
use crate::http::{self, Clients, serve, serving_runtime};
use crate::report::{Bound, Report, Unit};
use crate::rounds::by_turns;

const ROUND: Duration = Duration::from_millis(400);

/// Measures on a copy of the book in a folder.
pub fn measure(report: &mut Report, original: &Original, folder: &Path) {
    let engine = engine_on(&Location::Sqlite(original.copy(folder, "quotes")));
    let key = create_key(engine.store(), "benchmark", false, None, now()).expect("a key");
    let runtime = serving_runtime();
    let measured = serve(&runtime, web::router(app_on(&engine)));
    let requests: Arc<[Vec<u8>]> = original.people.iter().map(|person| request(&key, person)).collect();

    let answer = Clients::connect(measured, 1).ask(&requests[0]);
    let answer: Value = serde_json::from_slice(&answer).expect("a quote as JSON");
    let bare = serve(&runtime, bare(answer));

    for clients in [8, 64] {
        let mut floor = Clients::connect(bare, clients);
        let mut asked = Clients::connect(measured, clients);
        let compared =
            by_turns(|_| floor.send_for(&requests, ROUND).per_second, |_| asked.send_for(&requests, ROUND).per_second);
        let what = format!("quote over HTTP, {clients} clients");
        report.row(&what, Unit::PerSecond, "bare axum, same JSON", compared, Bound::AtLeast(0.60, 0.40));
    }
    alone(report, bare, measured, &requests);
}

fn alone(report: &mut Report, bare: SocketAddr, measured: SocketAddr, requests: &Arc<[Vec<u8>]>) {
    let (mut floor, mut asked) = (Clients::connect(bare, 1), Clients::connect(measured, 1));
    let compared =
        by_turns(|_| floor.send_for(requests, ROUND).median_us, |_| asked.send_for(requests, ROUND).median_us);
    let what = "quote over HTTP, one client, median";
    report.row(what, Unit::Microseconds, "bare axum, same JSON", compared, Bound::AtMost(2.0, 3.0));
}

fn request(key: &str, person: &Person) -> Vec<u8> {
    let body = json!({ "service": person.service.to_string(), "plan": "large", "options": { "memory": 4 } });
    http::post("/v1/quotes", key, &body)
}

/// The floor: reads the body, writes a value as JSON, and knows nothing else.
fn bare(answer: Value) -> Router {
    let answer: &'static Value = Box::leak(Box::new(answer));
    Router::new().route("/v1/quotes", post(move |_: Bytes| async move { Json(answer) }))
}
