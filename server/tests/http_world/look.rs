//! What can be seen of an account over HTTP: the customer, its balance, and every list, walked page by page. The looks
//! take turns: once the customer with its own key and no filter, once staff with the customer as the filter, with pages
//! of another size each time. A story that expects nothing to have changed therefore also proves that both see the same.

use billing::calendar::{Cycle, Zone};
use billing::catalogue::Size;
use billing::money::{Money, sum};
use billing::scenario::{Covered, No, Seen, SeenChange, SeenService, SeenSubscription, seen_subscription};
use jiff::Timestamp;
use serde_json::Value;
use store::Books;

use super::HttpWorld;
use super::behind::{Behind, subscription};
use super::reading::{broken, credits_left, day, document, field, invoice, money, payment, rows};

/// The page sizes that looks take in turn; 0 is what the server takes by itself.
const LIMITS: [usize; 7] = [0, 2, 100, 0, 1, 100, 3];

/// One look at one account.
pub struct Look {
    /// The API key.
    key: String,
    /// The filters that every list is asked with, such as `customer=acc_…&limit=2`.
    filters: String,
    /// Are lists that say the same in another way read as well? Every other look does.
    proves: bool,
}

impl Look {
    /// All there is to one key.
    pub fn by(key: &str) -> Self {
        Self::filtered(key, String::new())
    }

    fn filtered(key: &str, filters: String) -> Self {
        Self { key: key.to_owned(), filters, proves: false }
    }
}

impl HttpWorld {
    /// Looks at everything that can be seen of an account.
    pub fn look(&mut self, account: &str) -> Result<Seen, No> {
        let look = self.next_look(account)?;
        let customer = self.get(&look.key, &format!("/v1/customers/{account}"))?;
        let zone = Zone::parse(&field::<String>(&customer, "zone")?).map_err(broken)?;
        let balance: Value = field(&customer, "balance")?;
        let (available, reserved) = (money(&balance, "available")?, money(&balance, "reserved")?);
        let books = self.behind().books(account)?;
        let mut subscriptions = Vec::new();
        for service in self.list(&look, "/v1/services")? {
            subscriptions.push(self.service(&look, &field::<String>(&service, "id")?, &zone, &books)?);
        }
        let mut documents = self.list(&look, "/v1/documents")?;
        in_order_of_numbers(&mut documents)?;
        let invoices: Vec<Value> = documents.iter().filter(|one| one["kind"] == "invoice").cloned().collect();
        if look.proves {
            self.balance_is_the_sum_of_its_movements(account, &look, available)?;
            let mut listed = self.list(&look, "/v1/invoices")?;
            in_order_of_numbers(&mut listed)?;
            if listed != invoices {
                return Err(No::Broken("the invoices are not those among the documents".to_owned()));
            }
        }
        let mut payments = self.list(&look, "/v1/payments")?;
        self.in_order_of_appearance(&mut payments, "created_at")?;
        Ok(Seen {
            balance: available,
            reserved,
            subscriptions,
            invoices: invoices.iter().map(invoice).collect::<Result<_, _>>()?,
            documents: documents.iter().map(document).collect::<Result<_, _>>()?,
            payments: payments.iter().map(payment).collect::<Result<_, _>>()?,
            mails: Behind::mails(&books)?,
            ledger: Behind::ledger(&books)?,
        })
    }

    fn next_look(&mut self, account: &str) -> Result<Look, No> {
        self.looks += 1;
        let limit = match LIMITS[self.looks % LIMITS.len()] {
            0 => String::new(),
            limit => format!("limit={limit}"),
        };
        Ok(if self.looks.is_multiple_of(2) {
            Look { key: self.own_key(account)?, filters: limit, proves: true }
        } else {
            Look::filtered(&self.staff, format!("customer={account}&{limit}"))
        })
    }

    /// Walks a list to its end and answers it oldest first.
    pub fn list(&mut self, look: &Look, path: &str) -> Result<Vec<Value>, No> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&look.key, &format!("{path}?{}{cursor}", look.filters))?;
            all.extend_from_slice(rows(&page, "data")?);
            match field::<Option<String>>(&page, "next")? {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        all.reverse();
        Ok(all)
    }

    fn balance_is_the_sum_of_its_movements(&mut self, account: &str, look: &Look, available: Money) -> Result<(), No> {
        // A customer asks without a filter, which this list does not have.
        let movements = self.list(look, &format!("/v1/customers/{account}/balance"))?;
        let amounts = movements.iter().map(|movement| money(movement, "amount")).collect::<Result<Vec<_>, _>>()?;
        let sum = sum(available.currency, amounts);
        if sum == available {
            return Ok(());
        }
        Err(No::Broken(format!("the balance is {available}, its movements come to {sum}")))
    }

    /// Changes and payments of one instant have no order by their ids; whoever looked in between has seen one earlier.
    fn in_order_of_appearance(&mut self, rows: &mut [Value], instant: &str) -> Result<(), No> {
        let mut placed = Vec::new();
        for row in rows.iter() {
            let next = self.places.len();
            let place = *self.places.entry(field(row, "id")?).or_insert(next);
            placed.push((field::<Timestamp>(row, instant)?, place, row.clone()));
        }
        placed.sort_by_key(|(at, place, _)| (*at, *place));
        for (row, (_, _, in_order)) in rows.iter_mut().zip(placed) {
            *row = in_order;
        }
        Ok(())
    }

    fn service(&mut self, look: &Look, id: &str, zone: &Zone, books: &Books) -> Result<SeenSubscription, No> {
        let seen = self.get(&look.key, &format!("/v1/services/{id}"))?;
        let filters = format!("service={id}&{}", look.filters);
        let mut changes = self.list(&Look::filtered(&look.key, filters), "/v1/changes")?;
        self.in_order_of_appearance(&mut changes, "submitted_at")?;
        let period: Value = field(&seen, "period")?;
        let machine: Value = field(&seen, "machine")?;
        let change = changes.last().map(|change| -> Result<SeenChange, No> {
            let state: String = field(change, "state")?;
            let state = if state == "awaits_payment" { "open".to_owned() } else { state };
            Ok(SeenChange { id: field(change, "id")?, state })
        });
        Ok(SeenSubscription {
            id: id.to_owned(),
            plan: field(&seen, "plan")?,
            cycle: field::<Cycle>(&seen, "cycle")?,
            options: field(&seen, "options")?,
            recurring: money(&seen, "recurring")?,
            waits: money(&seen, "waiting")?,
            used: used(&seen)?,
            credits: credits_left(&seen, "credits")?,
            period_from: day(&period, "from", zone)?,
            period_until: day(&period, "until", zone)?,
            trial_until: field::<Option<Timestamp>>(&seen, "trial_until")?.map(|until| zone.date(until)),
            change: change.transpose()?,
            service: SeenService {
                id: id.to_owned(),
                wanted: field::<Size>(&machine, "desired")?,
                access: field(&machine, "access")?,
                generation: field(&machine, "generation")?,
                package: field(&machine, "package")?,
                observed_generation: field(&machine, "observed_generation")?,
                state: field(&machine, "progress")?,
            },
            coverage: covered(&seen, books, self.clock.now())?,
        })
    }
}

/// How many units of each meter the API says were used in the period.
fn used(seen: &Value) -> Result<billing::name::Named<u32>, No> {
    let meters = rows(seen, "usage")?;
    let mut counting = Vec::new();
    for one in meters {
        if field::<bool>(one, "counts")? {
            counting.push(one);
        }
    }
    counting.into_iter().map(|one| Ok((field::<String>(one, "meter")?.into(), field(one, "units")?))).collect()
}

/// The coverage of a service. The API shows the present and the future, and of the past what is still being paid: that
/// must be what the books have. The rest comes from the books themselves.
fn covered(seen: &Value, books: &Books, now: Timestamp) -> Result<Option<Vec<Covered>>, No> {
    let subscription = subscription(books, &field::<String>(seen, "id")?)?;
    let mut shown = Vec::new();
    for one in rows(seen, "coverage")? {
        let span: Value = field(one, "span")?;
        let (from, until): (Timestamp, Timestamp) = (field(&span, "from")?, field(&span, "until")?);
        shown.push((field::<String>(one, "item")?, from, until, money(one, "net")?, money(one, "collected")?));
    }
    let kept = subscription.coverage.iter().filter(|segment| !segment.span.is_empty()).map(|segment| {
        (segment.item.to_string(), segment.span.from, segment.span.until, segment.net, segment.collected)
    });
    let mut missing = kept.clone().filter(|one| one.2 > now && !shown.contains(one));
    let mut invented = shown.iter().filter(|one| one.1 < one.2 && !kept.clone().any(|kept| kept == **one));
    if let Some(one) = missing.next().as_ref().or(invented.next()) {
        return Err(No::Broken(format!("the API and the books do not agree on coverage: {one:?}")));
    }
    Ok(seen_subscription(&books.account, subscription, std::iter::empty(), subscription.coverage.iter()).coverage)
}

/// Documents of one instant have no order by their ids; within a series their numbers have.
fn in_order_of_numbers(documents: &mut [Value]) -> Result<(), No> {
    let mut failure = None;
    documents.sort_by_cached_key(|document| {
        let place = || -> Result<_, No> {
            let number: String = field(document, "number")?;
            let (series, count) = number.rsplit_once('-').ok_or_else(|| broken(&number))?;
            let count: u64 = count.parse().map_err(broken)?;
            Ok((field::<Timestamp>(document, "issued_at")?, series.to_owned(), count))
        };
        place().map_err(|error| failure = Some(error)).ok()
    });
    failure.map_or(Ok(()), Err)
}
