//! Open a customer's account, with a login of theirs where staff give a first password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use billing::calendar::Zone;
use billing::command::Command;
use billing::id::AccountId;
use billing::money::Currency;
use billing::refusal::Refusal;
use serde::Deserialize;

use super::desk::{Desk, unreadable};
use super::views::FormPage;
use super::views::form::Input;
use crate::app::App;
use crate::auth::{LoginTaken, Staff, add_login};
use crate::forms::form_key;
use crate::ui::{AdminSection, Choice, Field, Select};
use crate::web::{PageError, page, page_with, sentence};

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    storefront: String,
    name: String,
    email: String,
    zone: String,
    currency: String,
    #[serde(default)]
    password: String,
}

/// What is wrong with it, field by field.
#[derive(Debug, Default)]
struct Wrong {
    name: Option<String>,
    email: Option<String>,
    zone: Option<String>,
    currency: Option<String>,
    password: Option<String>,
}

impl Wrong {
    fn anything(&self) -> bool {
        [&self.name, &self.email, &self.zone, &self.currency, &self.password].into_iter().any(Option::is_some)
    }
}

/// `GET /admin/customers/new`
pub(super) async fn show(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    let desk = Desk::open(&app, staff).await?;
    let typed = Typed {
        key: form_key(),
        zone: desk.catalogue.zone.name().to_owned(),
        currency: desk.catalogue.currency.code().to_owned(),
        ..Typed::default()
    };
    Ok(page(&form(&desk, &typed, &Wrong::default(), None))?.into_response())
}

/// `POST /admin/customers/new`
pub(super) async fn submit(
    State(app): State<App>,
    staff: Staff,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    staff.check_csrf(&typed.csrf)?;
    let desk = Desk::open(&app, staff).await?;
    let again =
        |wrong: &Wrong, problem| page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&desk, &typed, wrong, problem));
    let (zone, currency) = (Zone::parse(typed.zone.trim()), Currency::parse(typed.currency.trim()));
    let wrong = Wrong {
        name: typed.name.trim().is_empty().then(|| "Type the customer’s name.".to_owned()),
        email: (!is_address(typed.email.trim())).then(|| "Type a mail address, such as anna@example.org.".to_owned()),
        zone: zone.as_ref().err().map(|error| sentence(&error.to_string())),
        currency: currency.as_ref().err().map(|error| sentence(&error.to_string())),
        password: bad_password(&typed.password),
    };
    let (Ok(zone), Ok(currency), false) = (zone, currency, wrong.anything()) else {
        return again(&wrong, None);
    };
    if !typed.password.is_empty() && has_login(&app, &typed.email, &typed.key).await? {
        let wrong = Wrong { email: Some("This address has a login already.".to_owned()), ..Wrong::default() };
        return again(&wrong, None);
    }
    let storefront = if typed.storefront.is_empty() { &desk.catalogue.storefront } else { &typed.storefront };
    if !desk.storefronts.iter().any(|(name, _)| name == storefront) {
        return Err(unreadable("there is no such storefront"));
    }
    let storefront = storefront.clone();
    // The account takes its id from the form's key, so that a double click opens one account.
    let id = uuid::Uuid::parse_str(&typed.key).map_err(|_| unreadable("the form is not ours"))?;
    let command = Command::OpenAccount {
        storefront,
        name: typed.name.trim().to_owned(),
        email: typed.email.trim().to_owned(),
        zone,
        currency,
    };
    let (account, now) = (AccountId::from_uuid(id), desk.now);
    match desk.run(&app, account, &typed.key, command).await? {
        Ok(_) => {
            if !typed.password.is_empty() {
                let Typed { email, name, password, .. } = typed;
                // A form that was sent twice meets its own login.
                app.write(move |engine| {
                    match add_login(engine.store(), &email, &name, &password, Some(account), now) {
                        Ok(()) | Err(LoginTaken::Taken(_)) => Ok(()),
                        Err(LoginTaken::Store(error)) => Err(error.into()),
                    }
                })
                .await?;
            }
            Ok(Redirect::to(&format!("/admin/customers/{account}?done=opened")).into_response())
        }
        Err(refusal) => {
            let text = sentence(&refusal.to_string());
            let wrong = match *refusal {
                Refusal::BadText { field: "name", .. } => Wrong { name: Some(text), ..Wrong::default() },
                Refusal::BadText { field: "email", .. } => Wrong { email: Some(text), ..Wrong::default() },
                _ => return again(&Wrong::default(), Some(text)),
            };
            again(&wrong, None)
        }
    }
}

/// What is wrong with a first password; none may be given.
fn bad_password(password: &str) -> Option<String> {
    let count = password.chars().count();
    (count > 0 && !(12..=1000).contains(&count)).then(|| "A password has 12 to 1,000 characters.".to_owned())
}

/// Does the address log somebody in already, other than the account of this very form?
async fn has_login(app: &App, email: &str, key: &str) -> Result<bool, PageError> {
    let email = email.trim().to_lowercase();
    let own = uuid::Uuid::parse_str(key).ok().map(AccountId::from_uuid);
    let found = app.read(move |engine| Ok(engine.store().login_by_email(&email)?)).await?;
    Ok(found.is_some_and(|login| login.account.is_none() || login.account != own))
}

/// Could mail reach it? One @ with something around it; the rest is for the mail server to say.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

fn form(desk: &Desk, typed: &Typed, wrong: &Wrong, problem: Option<String>) -> FormPage {
    let field = |name: &str, label: &str, kind, value: &str, error: &Option<String>| {
        let mut field = Field::new(name, label, kind).value(value);
        field.error.clone_from(error);
        field
    };
    let zone = field("zone", "Time zone", "text", &typed.zone, &wrong.zone)
        .help("The days of their invoices are counted in it. Write it like Europe/Berlin.");
    let currency = field("currency", "Currency", "text", &typed.currency, &wrong.currency)
        .help("The one currency of their money. It cannot be changed later.");
    // A password is never written back into a page.
    let password = field("password", "First password", "password", "", &wrong.password)
        .optional()
        .autocomplete("new-password")
        .help("With one the customer can log in with their mail address, and change it under Settings.");
    FormPage {
        page: desk.page("Open an account", AdminSection::Customers).crumb("Customers", "/admin/customers"),
        tabs: Vec::new(),
        facts: Vec::new(),
        problem,
        action: "/admin/customers/new".to_owned(),
        key: typed.key.clone(),
        inputs: storefront_input(desk, typed)
            .into_iter()
            .chain([
                Input::Field(field("name", "Name", "text", &typed.name, &wrong.name)),
                Input::Field(field("email", "Email", "email", &typed.email, &wrong.email)),
                Input::Field(zone),
                Input::Field(currency),
                Input::Field(password),
            ])
            .collect(),
        consequences: vec![
            "The customer has an account with an empty balance.".to_owned(),
            "Nothing is sent and nothing is charged.".to_owned(),
        ],
        button: "Open the account".to_owned(),
        danger: false,
        back: ("Back to the customers".to_owned(), "/admin/customers".to_owned()),
    }
}

/// Whose customer it is, where there are several storefronts.
fn storefront_input(desk: &Desk, typed: &Typed) -> Option<Input> {
    let present = if typed.storefront.is_empty() { &desk.catalogue.storefront } else { &typed.storefront };
    let choices = desk.storefronts.iter().map(|(name, brand)| Choice::new(name, brand, name == present));
    let select = Select {
        name: "storefront".to_owned(),
        label: "Storefront".to_owned(),
        choices: choices.collect(),
        help: Some("Its brand, plans and prices are theirs. It cannot be changed later.".to_owned()),
        error: None,
    };
    (desk.storefronts.len() > 1).then_some(Input::Select(select))
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert!(is_address("anna@example.org"));
        for wrong in ["", "anna", "@example.org", "anna@", "anna@host", "an na@example.org", "a@b@c.org"] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }
}
