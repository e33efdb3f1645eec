//! A customer who opens an account, starts a service, pays, and changes plans up and down, or one who cancels service after
//! service and has the money back, whatever happens to the server meanwhile. Each write has a key of its own and is
//! repeated until it is answered.

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
        let customer = self.open();
        let mut plan = self.dice.one_of(&PLANS);
        let (service, invoice, card) = self.start(&customer, plan);
        self.see_paid(&invoice, card);
        for _ in 0..changes {
            let others: Vec<_> = PLANS.into_iter().filter(|other| *other != plan).collect();
            plan = self.dice.one_of(&others);
            self.change(&service, plan);
        }
        self.desk.look_until(&mut self.dice, &format!("/v1/services/{service}"), |service| service["plan"] == plan);
    }

    /// Another story: so many services that are started and cancelled, and what comes back of them is paid out.
    pub fn come_and_go(mut self, times: usize) {
        let _leaves = Leaves(self.desk);
        let customer = self.open();
        for _ in 0..times {
            let plan = self.dice.one_of(&PLANS);
            let (service, invoice, card) = self.start(&customer, plan);
            // Now and then it ends while its payment is on its way.
            if card == "declines" || !self.dice.once_in(3) {
                self.see_paid(&invoice, card);
            }
            self.cancel(&service, "period_end");
            if self.dice.once_in(2) {
                self.write(&format!("/v1/services/{service}/uncancel"), &json!({}));
            }
            self.cancel(&service, "now");
            self.cash_out(&customer);
        }
    }

    fn open(&mut self) -> String {
        let body = json!({ "name": self.name, "email": format!("{}@example.org", self.name), "zone": "Europe/Berlin" });
        text(&self.write("/v1/customers", &body)["id"])
    }

    /// Starts a service; its id, its invoice and the card that is to pay it.
    fn start(&mut self, customer: &str, plan: &str) -> (String, String, &'static str) {
        let card = self.dice.one_of(&CARDS);
        let body = json!({
            "customer": customer, "product": "vps", "plan": plan, "cycle": "month",
            "label": format!("{}.example.org", self.name), "pays_by": { "method": "card", "card": card }
        });
        let started = self.write("/v1/services", &body);
        (text(&started["id"]), text(&started["invoice"]), card)
    }

    fn change(&mut self, service: &str, plan: &str) {
        let card = self.dice.one_of(&CARDS);
        let asked = ("/v1/quotes", json!({ "service": service, "plan": plan }));
        let submitted = self.submit(asked, |quote| {
            ("/v1/changes".to_owned(), json!({ "quote": quote, "pays_by": { "method": "card", "card": card } }))
        });
        if submitted["applied"] == false {
            self.see_paid(&text(&submitted["document"]), card);
        }
        let path = format!("/v1/changes/{}", text(&submitted["id"]));
        self.desk.look_until(&mut self.dice, &path, |change| change["state"] == "applied");
    }

    fn cancel(&mut self, service: &str, when: &str) {
        let quotes = format!("/v1/services/{service}/cancellation-quotes");
        self.submit((&quotes, json!({ "when": when })), |quote| {
            (format!("/v1/services/{service}/cancellation"), json!({ "quote": quote }))
        });
    }

    /// Asks for a quote and submits it; again where it does not hold any more.
    fn submit(&mut self, asked: (&str, Value), submission: impl Fn(&Value) -> (String, Value)) -> Value {
        loop {
            let quote = self.desk.quote(&mut self.dice, asked.0, &asked.1);
            assert_eq!(quote.status, 200, "{}", quote.text);
            let (path, body) = submission(&quote.json()["id"]);
            let key = self.next_key();
            let answer = self.desk.write(&mut self.dice, &path, &body, &key);
            match (answer.status, answer.code().as_str()) {
                (200 | 201, _) => return answer.json(),
                // Midnight came between, or the machine was very slow: the fresh quote is another request.
                (409, "quote-stale" | "quote-expired") => {}
                _ => panic!("{path} {}: {}", answer.status, answer.text),
            }
        }
    }

    /// Has the balance paid out; some payouts come back first.
    fn cash_out(&mut self, customer: &str) {
        let path = format!("/v1/customers/{customer}/balance");
        let amount = self.desk.look_until(&mut self.dice, &path, |balance| !balance["available"].is_null());
        let amount = amount["available"].clone();
        // Where the payment is still on its way, the next time has it.
        if amount["minor"] == 0 {
            return;
        }
        let fee = json!({ "minor": 0, "currency": amount["currency"] });
        let body = json!({ "customer": customer, "amount": amount, "fee": fee, "to": "DE02 1203 0000 0000 2020 51" });
        let mut payout = text(&self.write("/v1/payouts", &body)["payout"]);
        if self.dice.once_in(3) {
            self.write(&format!("/v1/payouts/{payout}/returned"), &json!({ "reason": "no such account" }));
            payout = text(&self.write("/v1/payouts", &body)["payout"]);
        }
        let reference = json!({ "reference": format!("bank of {payout}") });
        self.write(&format!("/v1/payouts/{payout}/sent"), &reference);
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
        assert!([200, 201].contains(&answer.status), "{path} {}: {}", answer.status, answer.text);
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
