//! After a story: every document is opened and added up, and another customer of the same server tries every address
//! that the story's customers have. To that one nothing of it may be there, by its id or in a list.

use std::collections::BTreeSet;

use billing::calendar::Zone;
use billing::money::{Currency, sum};
use billing::scenario::{No, World as _};
use serde_json::{Value, json};

use super::HttpWorld;
use super::client::Request;
use super::look::Look;
use super::reading::{broken, field, money, rows};

/// The lists of the API, each with the addresses of its rows.
const LISTS: [&str; 6] =
    ["/v1/customers", "/v1/services", "/v1/changes", "/v1/documents", "/v1/invoices", "/v1/payments"];

impl HttpWorld {
    /// Opens everything there is as staff and as a stranger.
    pub fn a_stranger_reaches_nothing(&mut self) -> Result<(), No> {
        let mut paths = BTreeSet::new();
        for list in LISTS {
            for row in self.list(&Look::by(&self.staff), list)? {
                paths.insert(format!("{list}/{}", field::<String>(&row, "id")?));
            }
        }
        let customer = paths.iter().find_map(|path| path.strip_prefix("/v1/customers/")).unwrap_or_default().to_owned();
        let staff = self.staff.clone();
        for path in &paths {
            let seen = self.get(&staff, path)?;
            if path.starts_with("/v1/documents/") {
                adds_up(&seen)?;
            }
        }
        let (zone, currency) = (Zone::utc(), self.currency(&customer)?);
        let stranger = self.open(self.clock.now(), "Mallory", &zone, currency)?;
        let key = self.own_key(&stranger)?;
        for list in LISTS {
            let shown = self.list(&Look::by(&key), list)?;
            if shown.iter().any(|row| row["id"] != stranger.as_str()) {
                return Err(No::Broken(format!("{list} shows to a stranger {shown:?}")));
            }
        }
        for path in &paths {
            self.is_not_there(&key, "GET", path, None)?;
            match path.split('/').nth(2).unwrap_or_default() {
                "customers" => self.is_not_there(&key, "GET", &format!("{path}/balance"), None)?,
                "services" => {
                    let id = path.rsplit('/').next();
                    self.is_not_there(&key, "GET", &format!("{path}/offers"), None)?;
                    self.is_not_there(&key, "POST", &format!("{path}/retry"), Some(&json!({})))?;
                    self.is_not_there(&key, "POST", &format!("{path}/change-package"), Some(&json!({})))?;
                    let assign = json!({ "plan": "s", "recalculate": false, "reason": "theft" });
                    self.is_not_there(&key, "POST", &format!("{path}/assign"), Some(&assign))?;
                    self.is_not_there(&key, "POST", "/v1/quotes", Some(&json!({ "service": id, "plan": "s" })))?;
                }
                "changes" => self.is_not_there(&key, "POST", &format!("{path}/withdraw"), Some(&json!({})))?,
                "invoices" => {
                    self.is_not_there(&key, "POST", &format!("{path}/pay"), Some(&json!({ "card": "pays" })))?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn currency(&mut self, customer: &str) -> Result<Currency, No> {
        field(&self.get(&self.staff.clone(), &format!("/v1/customers/{customer}"))?, "currency")
    }

    fn is_not_there(&mut self, key: &str, method: &str, path: &str, body: Option<&Value>) -> Result<(), No> {
        let answer = self.client.send(&Request { method, path, key, once: None, body }).map_err(broken)?;
        if answer.status == 404 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&answer.body);
        Err(No::Broken(format!("{method} {path} answers a stranger {}: {text}", answer.status)))
    }
}

/// The lines of a document and the tax that comes to them are its total; the tax of its lines is its tax.
fn adds_up(document: &Value) -> Result<(), No> {
    let (total, tax) = (money(document, "total")?, money(document, "tax")?);
    let (mut amounts, mut taxes) = (Vec::new(), Vec::new());
    for line in rows(document, "lines")? {
        let (amount, tax) = (money(line, "amount")?, money(line, "tax")?);
        let is_contained = line["tax_rate"]["included"] == true;
        amounts.push(if is_contained { amount } else { amount + tax });
        taxes.push(tax);
    }
    let (lines, of_lines) = (sum(total.currency, amounts), sum(total.currency, taxes));
    let adds_up = (lines, of_lines) == (total, tax);
    if adds_up { Ok(()) } else { Err(No::Broken(format!("the lines come to {lines}, {of_lines} tax: {document}"))) }
}
