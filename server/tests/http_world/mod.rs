//! The world of the API: a server of its own on a loopback port, and a client that asks it. Customers ask with keys
//! bound to their accounts, staff with a key of the business. Every request that changes something is sent twice under
//! its idempotency key, and the second answer must be the first, byte for byte. What no client can do or see is in
//! `behind`, and only there is the engine asked past the server.

mod behind;
mod client;
mod look;
mod reading;
mod stranger;

use std::collections::BTreeMap;

use billing::calendar::Zone;
use billing::catalogue::{Basket, Catalogue};
use billing::command::{Asker, PaymentChoice};
use billing::effect::TestCard;
use billing::money::{Currency, Money};
use billing::name::Named;
use billing::policy::When;
use billing::scenario::{No, Opened, Outcome, PayingOut, Quoted, Refused, Report, Seen, Submitted, Wished, World};
use engine::{Engine, QuoteKey};
use jiff::Timestamp;
use jiff::civil::DateTime;
use midcycle::app::{App, Settings};
use midcycle::clock::Clock;
use serde_json::{Value, json};
use store::Store;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use behind::Behind;
use client::{Answer, Client, Request};
use reading::{broken, field, quoted, submitted};

/// A server on an empty book, and those who ask it.
pub struct HttpWorld {
    /// Its engine, for what is behind the server and for proving the books.
    pub engine: Engine,
    clock: Clock,
    client: Client,
    /// A key of the business.
    staff: String,
    /// The key of each customer, by account.
    own: BTreeMap<String, String>,
    /// On whose behalf each quote was asked for: whoever asked hands it in.
    asked: BTreeMap<String, Asker>,
    /// How many requests were numbered, for idempotency keys of deeds that a story does not number.
    numbered: usize,
    /// How many looks were taken; each looks another way.
    looks: usize,
    /// In which place each change and payment was first seen: those of one instant have no other order.
    places: BTreeMap<String, usize>,
    /// The server runs in here, and ends with it.
    _runtime: Runtime,
}

impl HttpWorld {
    /// Starts a server for a storefront on an empty book; nothing is published yet.
    pub fn on(store: Store, storefront: &str) -> Self {
        let engine = Engine::new(store, QuoteKey::new([7; 32]));
        let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
        let settings = Settings { base_url: "http://127.0.0.1".to_owned(), storefront: storefront.to_owned() };
        let app = App::new(engine.clone(), clock.clone(), settings);
        let staff = Behind { engine: &engine, now: clock.now() }.key("billing robot", None).expect("a key");
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let client = Client::of(listener.local_addr().expect("an address"));
        runtime.spawn(async move { axum::serve(listener, midcycle::web::router(app)).await });
        Self {
            engine,
            clock,
            client,
            staff,
            own: BTreeMap::new(),
            asked: BTreeMap::new(),
            numbered: 0,
            looks: 0,
            places: BTreeMap::new(),
            _runtime: runtime,
        }
    }

    /// What is behind the server, at its own time.
    fn behind(&self) -> Behind<'_> {
        Behind { engine: &self.engine, now: self.clock.now() }
    }

    fn own_key(&self, account: &str) -> Result<String, No> {
        self.own.get(account).cloned().ok_or_else(|| No::Broken(format!("{account} has no key")))
    }

    fn key_of(&self, asker: Asker, account: &str) -> Result<String, No> {
        match asker {
            Asker::Customer => self.own_key(account),
            Asker::Staff => Ok(self.staff.clone()),
        }
    }

    /// The payout that a customer asked for last, as the customer sees it.
    fn newest_payout(&mut self, account: &str) -> Result<String, No> {
        let list = self.get(&self.own_key(account)?, "/v1/payouts?limit=1")?;
        let newest = list["data"].get(0).ok_or_else(|| No::Broken("no payout is listed".to_owned()))?;
        field(newest, "id")
    }

    /// A new idempotency key.
    fn numbered(&mut self, word: &str) -> String {
        self.numbered += 1;
        format!("{word}-{}", self.numbered)
    }

    /// Reads.
    fn get(&mut self, key: &str, path: &str) -> Result<Value, No> {
        let request = Request { method: "GET", path, key, once: None, body: None };
        let answer = self.client.send(&request).map_err(broken)?;
        self.understood(&request, &answer)
    }

    /// Asks something that changes nothing.
    fn ask(&mut self, key: &str, path: &str, body: &Value) -> Result<Value, No> {
        let request = Request { method: "POST", path, key, once: None, body: Some(body) };
        let answer = self.client.send(&request).map_err(broken)?;
        self.understood(&request, &answer)
    }

    /// Changes something, and asks the same once more: the answer must be the same bytes.
    fn change(&mut self, key: &str, path: &str, body: &Value, once: &str) -> Result<Value, No> {
        let request = Request { method: "POST", path, key, once: Some(once), body: Some(body) };
        let answer = self.client.send(&request).map_err(broken)?;
        let value = self.understood(&request, &answer)?;
        let again = self.client.send(&request).map_err(broken)?;
        let replayed = again.header("idempotency-replayed") == "true";
        if replayed && (again.status, &again.body) == (answer.status, &answer.body) {
            return Ok(value);
        }
        Err(No::Broken(format!("POST {path} answers otherwise when it is repeated")))
    }

    /// A success as its value, a refusal as a refusal, and everything else as a world that is broken.
    fn understood(&mut self, request: &Request<'_>, answer: &Answer) -> Result<Value, No> {
        let Request { method, path, .. } = request;
        let text = String::from_utf8_lossy(&answer.body);
        let strange = || No::Broken(format!("{method} {path} answered {}: {text}", answer.status));
        let value: Value = serde_json::from_slice(&answer.body).map_err(|_| strange())?;
        match answer.status {
            200..=299 if answer.header("content-type") == "application/json" => Ok(value),
            409 | 422 if answer.header("content-type") == "application/problem+json" => {
                let kind: String = field(&value, "type")?;
                let code = kind.strip_prefix("/v1/problems/").ok_or_else(strange)?.to_owned();
                let names_itself = value["status"] == answer.status && !field::<String>(&value, "instance")?.is_empty();
                // These say that the client itself is wrong, which no story is about.
                if !names_itself || code.starts_with("bad-") || code == "quote-token-invalid" {
                    return Err(strange());
                }
                let because = value.get("because").and_then(Value::as_str).map(str::to_owned);
                let fresh = value.get("fresh").map(quoted).transpose()?;
                self.inherit(request, fresh.as_ref());
                Err(No::Refused(Box::new(Refused { code, because, fresh })))
            }
            _ => Err(strange()),
        }
    }

    /// A fresh quote belongs to whoever asked for the one that it takes the place of.
    fn inherit(&mut self, request: &Request<'_>, fresh: Option<&Quoted>) {
        let old = request.body.and_then(|body| body["quote"].as_str());
        if let (Some(fresh), Some(asker)) = (fresh, old.and_then(|old| self.asked.get(old).copied())) {
            self.asked.insert(fresh.ticket.clone(), asker);
        }
    }
}

impl World for HttpWorld {
    fn publish(&mut self, at: Timestamp, catalogue: &Catalogue) -> Result<(), No> {
        self.clock.set(at);
        let body = serde_json::to_value(catalogue).map_err(broken)?;
        let staff = self.staff.clone();
        let published = self.ask(&staff, "/v1/catalogue", &body)?;
        // Publishing what is the newest already needs no key: it changes nothing.
        let again = self.ask(&staff, "/v1/catalogue", &body)?;
        if published == again { Ok(()) } else { Err(No::Broken(format!("published {published}, then {again}"))) }
    }

    fn open(&mut self, at: Timestamp, name: &str, zone: &Zone, currency: Currency) -> Result<String, No> {
        self.clock.set(at);
        let email = format!("{}@example.org", name.to_lowercase());
        let body = json!({ "name": name, "email": email, "zone": zone.name(), "currency": currency });
        let (staff, once) = (self.staff.clone(), self.numbered("open"));
        let account: String = field(&self.change(&staff, "/v1/customers", &body, &once)?, "id")?;
        let key = self.behind().key(name, Some(&account))?;
        self.own.insert(account.clone(), key);
        Ok(account)
    }

    fn start(
        &mut self,
        at: Timestamp,
        account: &str,
        basket: &Basket,
        starts: DateTime,
        pays_by: PaymentChoice,
    ) -> Result<Opened, No> {
        self.clock.set(at);
        let Basket { plan, cycle, options } = basket;
        let mut body = json!({
            "customer": account, "product": "server", "plan": plan, "cycle": cycle, "options": options,
            "label": "server", "pays_by": reading::pays_by(pays_by)
        });
        let customer = self.get(&self.staff.clone(), &format!("/v1/customers/{account}"))?;
        let zone = Zone::parse(&field::<String>(&customer, "zone")?).map_err(broken)?;
        // What begins now customers start themselves; what began before now is a book that staff take over.
        let key = if starts == zone.local(at) {
            self.own_key(account)?
        } else {
            body["starts"] = json!(starts);
            self.staff.clone()
        };
        let once = self.numbered("start");
        let started = self.change(&key, "/v1/services", &body, &once)?;
        Ok(Opened { subscription: field(&started, "id")?, invoice: field(&started, "invoice")? })
    }

    fn quote(&mut self, at: Timestamp, account: &str, sub: &str, wish: &Wished) -> Result<Quoted, No> {
        self.clock.set(at);
        let Wished { to, asker, when, on } = wish;
        let key = self.key_of(*asker, account)?;
        let has = self.get(&key, &format!("/v1/services/{sub}"))?;
        // Options that a request does not name stay as they are: those that shall go are named with 0.
        let mut options: Named<u32> = field(&has, "options")?;
        options.iter_mut().for_each(|(_, quantity)| *quantity = 0);
        options.extend(to.options.clone());
        let mut body = json!({ "service": sub, "plan": to.plan, "cycle": to.cycle, "options": options });
        if let Some(when) = when {
            body["when"] = json!(when);
        }
        if let Some(day) = on {
            body["on"] = json!(day);
        }
        let quote = quoted(&self.ask(&key, "/v1/quotes", &body)?)?;
        self.asked.insert(quote.ticket.clone(), *asker);
        Ok(quote)
    }

    fn submit(
        &mut self,
        at: Timestamp,
        account: &str,
        ticket: &str,
        pays_by: PaymentChoice,
        key: &str,
    ) -> Result<Submitted, No> {
        self.clock.set(at);
        let asker = self.asked.get(ticket).copied().unwrap_or(Asker::Customer);
        let body = json!({ "quote": ticket, "pays_by": reading::pays_by(pays_by) });
        submitted(&self.change(&self.key_of(asker, account)?, "/v1/changes", &body, key)?)
    }

    fn use_credits(&mut self, at: Timestamp, _account: &str, sub: &str, amount: u32, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let (staff, path) = (self.staff.clone(), format!("/v1/services/{sub}/credits/use"));
        self.change(&staff, &path, &json!({ "amount": amount }), key).map(drop)
    }

    fn report_usage(
        &mut self,
        at: Timestamp,
        _account: &str,
        sub: &str,
        (meter, units): (&str, u32),
        key: &str,
    ) -> Result<(), No> {
        self.clock.set(at);
        let (staff, path) = (self.staff.clone(), format!("/v1/services/{sub}/usage"));
        self.change(&staff, &path, &json!({ "meter": meter, "units": units }), key).map(drop)
    }

    fn withdraw(&mut self, at: Timestamp, account: &str, change: &str, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let path = format!("/v1/changes/{change}/withdraw");
        self.change(&self.own_key(account)?, &path, &json!({}), key).map(drop)
    }

    fn cancel(
        &mut self,
        at: Timestamp,
        account: &str,
        sub: &str,
        (when, asker): (When, Asker),
        key: &str,
    ) -> Result<Quoted, No> {
        self.clock.set(at);
        let own = self.key_of(asker, account)?;
        let quote =
            self.ask(&own, &format!("/v1/services/{sub}/cancellation-quotes"), &json!({ "when": json!(when) }))?;
        let body = json!({ "quote": field::<String>(&quote, "id")?, "reason": "the story says so" });
        self.change(&own, &format!("/v1/services/{sub}/cancellation"), &body, key)?;
        reading::cancellation(&quote)
    }

    fn uncancel(&mut self, at: Timestamp, account: &str, sub: &str, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let path = format!("/v1/services/{sub}/uncancel");
        self.change(&self.own_key(account)?, &path, &json!({}), key).map(drop)
    }

    fn pay(&mut self, at: Timestamp, account: &str, invoice: &str, card: TestCard, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let path = format!("/v1/invoices/{invoice}/pay");
        self.change(&self.own_key(account)?, &path, &json!({ "card": reading::card(card) }), key).map(drop)
    }

    fn gateway(
        &mut self,
        at: Timestamp,
        account: &str,
        attempt: &str,
        outcome: &Outcome,
        event: &str,
    ) -> Result<(), No> {
        self.clock.set(at);
        self.behind().gateway(account, attempt, outcome, event)
    }

    fn transfer(
        &mut self,
        at: Timestamp,
        account: &str,
        invoice: Option<&str>,
        amount: Money,
        reference: &str,
    ) -> Result<(), No> {
        self.clock.set(at);
        let body = json!({
            "customer": account, "invoice": invoice, "amount": reading::amount(amount), "reference": reference
        });
        let staff = self.staff.clone();
        self.change(&staff, "/v1/transfers", &body, reference)?;
        // The bank's reference is known now, even to a program that sends no key.
        match self.ask(&staff, "/v1/transfers", &body) {
            Err(No::Refused(refused)) if refused.code == "transfer-known" => Ok(()),
            other => Err(No::Broken(format!("a transfer that is booked already was answered {other:?}"))),
        }
    }

    fn grant(&mut self, at: Timestamp, account: &str, amount: Money, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let body = json!({ "customer": account, "amount": reading::amount(amount), "reason": "goodwill" });
        let staff = self.staff.clone();
        self.change(&staff, "/v1/goodwill", &body, key).map(drop)
    }

    fn payout_fee(&mut self, at: Timestamp, account: &str, amount: Money) -> Result<Money, No> {
        self.clock.set(at);
        let body = json!({ "customer": account, "amount": reading::amount(amount) });
        let offer = self.ask(&self.own_key(account)?, "/v1/payout-quotes", &body)?;
        reading::money(&offer, "fee")
    }

    fn pay_out(&mut self, at: Timestamp, account: &str, step: &PayingOut, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let staff = self.staff.clone();
        let (asker, path, body) = match step {
            PayingOut::Asked(amount, fee) => {
                let (amount, fee) = (reading::amount(*amount), reading::amount(*fee));
                let body = json!({ "customer": account, "amount": amount, "fee": fee, "to": "their bank" });
                (self.own_key(account)?, "/v1/payouts".to_owned(), body)
            }
            PayingOut::Sent => {
                let path = format!("/v1/payouts/{}/sent", self.newest_payout(account)?);
                (staff, path, json!({ "reference": key }))
            }
            PayingOut::Returned => {
                let path = format!("/v1/payouts/{}/returned", self.newest_payout(account)?);
                (staff, path, json!({ "reason": "no such account" }))
            }
        };
        self.change(&asker, &path, &body, key).map(drop)
    }

    fn report(&mut self, at: Timestamp, account: &str, service: &str, report: &Report) -> Result<(), No> {
        self.clock.set(at);
        self.behind().report(account, service, report)
    }

    fn assign(
        &mut self,
        at: Timestamp,
        _account: &str,
        sub: &str,
        to: &Basket,
        recalculate: bool,
        key: &str,
    ) -> Result<(), No> {
        self.clock.set(at);
        let body = json!({
            "plan": to.plan, "options": to.options, "recalculate": recalculate, "reason": "asked by phone"
        });
        self.change(&self.staff.clone(), &format!("/v1/services/{sub}/assign"), &body, key).map(drop)
    }

    fn change_package(&mut self, at: Timestamp, _account: &str, service: &str, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let path = format!("/v1/services/{service}/change-package");
        self.change(&self.staff.clone(), &path, &json!({}), key).map(drop)
    }

    fn retry(&mut self, at: Timestamp, _account: &str, service: &str, key: &str) -> Result<(), No> {
        self.clock.set(at);
        let path = format!("/v1/services/{service}/retry");
        self.change(&self.staff.clone(), &path, &json!({}), key).map(drop)
    }

    fn timers(&mut self, at: Timestamp) -> Result<(), No> {
        self.clock.set(at);
        self.behind().timers()
    }

    fn see(&mut self, at: Timestamp, account: &str) -> Result<Seen, No> {
        self.clock.set(at);
        self.look(account)
    }
}
