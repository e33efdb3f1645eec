//! A customer who opens an account, starts a service, pays, and changes plans up and down, whatever happens to the server
//! meanwhile. Each write has a key of its own and is repeated until it is answered.

use serde_json::{Value, json};

use super::desk::Desk;
use super::dice::Dice;

const PLANS: [&str; 4] = ["nano", "small", "standard", "large"];
/// Paying cards, of which one never lets its answer through, and one that pays only the second time, by another.
const CARDS: [&str; 5] = ["pays", "times_out_after_charging", "pays", "times_out_after_charging", "declines"];

/// One customer.
pub struct Customer<'a> {
    desk: &'a Desk,
    dice: Dice,
    name: String,
    keys: usize,
}

/// Counts the customer out, however the story ends.
struct Leaves<'a>(&'a Desk);

impl Drop for Leaves<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl<'a> Customer<'a> {
    /// The customer of a number, with the choices of a seed.
    pub fn new(desk: &'a Desk, seed: u64, number: u64) -> Self {
        Self { desk, dice: Dice::of(seed, number), name: format!("customer-{number}"), keys: 0 }
    }

    /// The whole story, with so many changes.
    pub fn live(mut self, changes: usize) {
        let _leaves = Leaves(self.desk);
        let body = json!({ "name": self.name, "email": format!("{}@example.org", self.name), "zone": "Europe/Berlin" });
        let customer = text(&self.write("/v1/customers", &body)["id"]);
        let mut plan = self.dice.one_of(&PLANS);
        let service = self.start(&customer, plan);
        for _ in 0..changes {
            let others: Vec<_> = PLANS.into_iter().filter(|other| *other != plan).collect();
            plan = self.dice.one_of(&others);
            self.change(&service, plan);
        }
        self.desk.look_until(&mut self.dice, &format!("/v1/services/{service}"), |service| service["plan"] == plan);
    }

    fn start(&mut self, customer: &str, plan: &str) -> String {
        let card = self.dice.one_of(&CARDS);
        let body = json!({
            "customer": customer, "product": "vps", "plan": plan, "cycle": "month",
            "label": format!("{}.example.org", self.name), "pays_by": { "method": "card", "card": card }
        });
        let started = self.write("/v1/services", &body);
        self.see_paid(&text(&started["invoice"]), card);
        text(&started["id"])
    }

    fn change(&mut self, service: &str, plan: &str) {
        let (submitted, card) = loop {
            let quote = self.desk.quote(&mut self.dice, service, plan);
            assert_eq!(quote.status, 200, "{}", quote.text);
            let card = self.dice.one_of(&CARDS);
            let body = json!({ "quote": quote.json()["id"], "pays_by": { "method": "card", "card": card } });
            let key = self.next_key();
            let answer = self.desk.write(&mut self.dice, "/v1/changes", &body, &key);
            match (answer.status, answer.code().as_str()) {
                (201, _) => break (answer.json(), card),
                // Midnight came between, or the machine was very slow: the fresh quote is another request.
                (409, "quote-stale" | "quote-expired") => {}
                _ => panic!("{}: {}", answer.status, answer.text),
            }
        };
        if submitted["applied"] == false {
            self.see_paid(&text(&submitted["document"]), card);
        }
        let path = format!("/v1/changes/{}", text(&submitted["id"]));
        self.desk.look_until(&mut self.dice, &path, |change| change["state"] == "applied");
    }

    /// Waits until an invoice is paid; where its card was declined, pays it by another.
    fn see_paid(&mut self, invoice: &str, card: &str) {
        if card == "declines" {
            let failed = format!("/v1/payments?invoice={invoice}&state=failed");
            self.desk.look_until(&mut self.dice, &failed, |page| page["data"][0]["invoice"] == invoice);
            let card = self.dice.one_of(&["pays", "times_out_after_charging"]);
            self.write(&format!("/v1/invoices/{invoice}/pay"), &json!({ "card": card }));
        }
        let path = format!("/v1/invoices/{invoice}");
        self.desk.look_until(&mut self.dice, &path, |invoice| invoice["invoice"]["state"] == "paid");
    }

    /// Writes what must be accepted.
    fn write(&mut self, path: &str, body: &Value) -> Value {
        let key = self.next_key();
        let answer = self.desk.write(&mut self.dice, path, body, &key);
        assert_eq!(answer.status, 201, "{path}: {}", answer.text);
        answer.json()
    }

    fn next_key(&mut self) -> String {
        self.keys += 1;
        format!("{}-{}", self.name, self.keys)
    }
}

/// A text that must be there.
fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
