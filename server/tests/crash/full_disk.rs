//! A disk without room: what cannot be stored is refused with a clear problem, and nothing of it is there; what is
//! stored can be read; and when there is room again the same requests go through, without a restart.

use std::fs;

use serde_json::{Value, json};

use super::desk::Desk;
use super::dice::Dice;
use super::http::{Answer, Request, send};
use super::installation::Installation;
use super::node::Node;
use super::quiet;

fn write(installation: &Installation, node: &Node, path: &str, body: &Value, once: &str) -> Answer {
    let request =
        Request { method: "POST", path: path.to_owned(), once: Some(once.to_owned()), body: Some(body.clone()) };
    send(node.address, &installation.key, &request, || {}).expect("a whole answer")
}

fn customer(name: &str) -> Value {
    json!({ "name": name, "email": format!("{name}@example.org"), "zone": "Europe/Berlin" })
}

#[test]
fn without_room_on_the_disk_nothing_is_half_done_and_with_room_it_goes_on() {
    let installation = Installation::on_a_file();
    let desk = Desk::new(&installation.key, 1, 0);
    let node = Node::start(&installation);
    desk.open(0, node.address);
    let mut dice = Dice::of(1, 1);
    let opened = desk.write(&mut dice, "/v1/customers", &customer("alice"), "alice");
    assert_eq!(opened.status, 201, "{}", opened.text);
    let service = json!({
        "customer": opened.json()["id"], "product": "vps", "plan": "small", "cycle": "month",
        "label": "web.example.org", "pays_by": { "method": "card", "card": "pays" }
    });
    quiet::wait(&installation);

    // The log of writes is the one file that a commit makes grow: it is as large as it may be.
    let full = fs::metadata(installation.folder().join("midcycle.db-wal")).expect("the log of writes").len();
    node.limit_files(Some(full));
    let before = installation.book().counts().expect("the counts");
    for attempt in 0..3 {
        for (path, body, key) in [("/v1/customers", &customer("bob"), "bob"), ("/v1/services", &service, "web")] {
            let refused = write(&installation, &node, path, body, key);
            assert!([500, 503].contains(&refused.status), "{attempt}: {} {}", refused.status, refused.text);
            assert!(refused.head.contains("application/problem+json"), "{}", refused.head);
            let problem = refused.json();
            assert!(
                problem["detail"].as_str().is_some_and(|detail| detail.contains("same idempotency key")),
                "{problem}"
            );
        }
    }
    assert_eq!(installation.book().counts().expect("the counts"), before, "something was half done");
    let reading = Request { method: "GET", path: "/v1/customers".to_owned(), once: None, body: None };
    let read = send(node.address, &installation.unused_key, &reading, || {}).expect("a whole answer");
    assert_eq!(read.status, 200, "a key that was not in use before may read as well: {}", read.text);
    desk.look_until(&mut dice, "/v1/customers", |page| page["data"].as_array().is_some_and(|rows| rows.len() == 1));

    node.limit_files(None);
    for (path, body, key) in [("/v1/customers", &customer("bob"), "bob"), ("/v1/services", &service, "web")] {
        let stored = desk.write(&mut dice, path, body, key);
        assert_eq!(stored.status, 201, "{}", stored.text);
    }
    quiet::wait(&installation);
    quiet::repeat_everything(&installation, &desk);
    node.end_cleanly();
    quiet::check(&installation, &desk.told());
}
