//! The catalogue: read the newest, publish a new version. Publishing changes only what is sold from then on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use billing::calendar::Cycle;
use billing::catalogue::{Catalogue, Price};
use billing::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

use super::auth::{Caller, Writer};
use super::catalogue_body::CatalogueBody;
use super::problem::Problem;
use super::read::Body;
use crate::app::App;

/// Read the newest catalogue of the storefront.
#[utoipa::path(get, path = "/v1/catalogue", tag = "Catalogue", operation_id = "getCatalogue",
    responses((status = 200, description = "The catalogue.", body = CatalogueBody)))]
pub async fn newest(State(app): State<App>, _: Caller) -> Result<Response, Problem> {
    let storefront = app.settings.storefront.clone();
    let catalogue = app.read(move |engine| engine.catalogue(&storefront)).await?;
    Ok(Json(&*catalogue).into_response())
}

/// The version that is the newest now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CataloguePublished {
    /// The storefront.
    #[schema(example = "vps")]
    storefront: String,
    /// The number of the version.
    #[schema(example = 2)]
    version: i64,
}

/// Publish a new version of the catalogue.
///
/// Only for keys of the business. What was sold stays as it was sold; open quotes no longer hold. Publishing what is
/// already the newest changes nothing, so this can be repeated.
#[utoipa::path(post, path = "/v1/catalogue", tag = "Catalogue", operation_id = "publishCatalogue",
    request_body = CatalogueBody,
    responses((status = 201, description = "It is the newest version now.", body = CataloguePublished)))]
pub async fn publish(
    State(app): State<App>,
    writer: Writer,
    Body(catalogue): Body<Catalogue>,
) -> Result<impl IntoResponse, Problem> {
    writer.caller.must_be_staff()?;
    if catalogue.storefront != app.settings.storefront {
        let own = &app.settings.storefront;
        return Err(Problem::bad_field("/storefront", format!("The field /storefront must be {own:?}.")));
    }
    check_bounds(&catalogue)?;
    let storefront = catalogue.storefront.clone();
    let now = app.now();
    let version = app.write(move |engine| engine.publish(&catalogue, now)).await?;
    Ok((StatusCode::CREATED, Json(CataloguePublished { storefront, version })))
}

/// The longest cycle that may be sold, in days: ten years.
const MAX_CYCLE_DAYS: i64 = 3650;
/// The most of a resource.
const MAX_SIZE: i64 = 1_000_000_000_000;
/// The most units of an option.
const MAX_UNITS: u32 = 1_000_000;

/// Refuses numbers that no business sells, so that no product or sum of them can leave 64 bits later.
fn check_bounds(catalogue: &Catalogue) -> Result<(), Problem> {
    let wrong = |at: String, what: String| {
        Err(Problem::bad_field(at.clone(), format!("The field {at} cannot be sold: {what}.")))
    };
    let texts = [
        ("/brand", &catalogue.brand),
        ("/support_email", &catalogue.support_email),
        ("/language", &catalogue.language),
        ("/bank_account", &catalogue.bank_account),
    ];
    for (at, text) in texts {
        check_text(at, text)?;
    }
    for (p, product) in catalogue.products.iter().enumerate() {
        check_text(&format!("/products/{p}/name"), &product.name)?;
        if product.restart.is_some_and(|restart| restart.seconds > MAX_UNITS) {
            return wrong(format!("/products/{p}/restart/seconds"), format!("at most {MAX_UNITS} seconds"));
        }
        for (n, plan) in product.plans.iter().enumerate() {
            let at = format!("/products/{p}/plans/{n}");
            check_code(&format!("{at}/code"), &plan.code)?;
            check_text(&format!("{at}/name"), &plan.name)?;
            if let Some((resource, _)) = plan.size.iter().find(|(_, size)| !(0..=MAX_SIZE).contains(*size)) {
                return wrong(format!("{at}/size/{resource}"), format!("a size is from 0 to {MAX_SIZE}"));
            }
            check_prices(&at, &plan.prices, 1)?;
        }
        for (n, option) in product.options.iter().enumerate() {
            let at = format!("/products/{p}/options/{n}");
            check_code(&format!("{at}/code"), &option.code)?;
            check_text(&format!("{at}/name"), &option.name)?;
            if option.max > MAX_UNITS {
                return wrong(format!("{at}/max"), format!("at most {MAX_UNITS} units"));
            }
            if !(0..=MAX_SIZE / i64::from(MAX_UNITS)).contains(&option.per_unit) {
                return wrong(format!("{at}/per_unit"), "it is below zero or too large".to_owned());
            }
            check_prices(&at, &option.prices, option.max)?;
        }
        check_code(&format!("/products/{p}/code"), &product.code)?;
    }
    Ok(())
}

fn check_code(at: &str, code: &str) -> Result<(), Problem> {
    let fits = (1..=64).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if fits {
        return Ok(());
    }
    Err(Problem::bad_field(at, format!("The field {at} must have 1 to 64 letters, digits, and the signs - _.")))
}

fn check_text(at: &str, text: &str) -> Result<(), Problem> {
    let fits = !text.trim().is_empty() && text.chars().count() <= 200 && !text.contains(char::is_control);
    if fits {
        return Ok(());
    }
    Err(Problem::bad_field(at, format!("The field {at} must have 1 to 200 characters.")))
}

fn check_prices(at: &str, prices: &[Price], units: u32) -> Result<(), Problem> {
    let too_long = |cycle: Cycle| cycle.nominal_days() > MAX_CYCLE_DAYS;
    let too_dear = |amount: Money| amount.minor > Money::LIMIT_MINOR / i64::from(units.max(1));
    let place = prices.iter().position(|price| too_long(price.cycle) || too_dear(price.amount));
    match place {
        None => Ok(()),
        Some(place) => {
            let at = format!("{at}/prices/{place}");
            Err(Problem::bad_field(
                at.clone(),
                format!(
                    "The field {at} cannot be sold: the cycle is longer than ten years, or the amount is too large."
                ),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::openapi::sample_catalogue;

    #[test]
    fn the_documented_schema_is_the_catalogue_itself() {
        let sample = sample_catalogue();
        let core: Catalogue = serde_json::from_value(sample.clone()).expect("the core reads the sample");
        let body: CatalogueBody = serde_json::from_value(sample).expect("the API reads the sample");
        let core = serde_json::to_value(&core).expect("plain data");
        assert_eq!(core, serde_json::to_value(&body).expect("plain data"));
    }

    #[test]
    fn what_would_leave_64_bits_cannot_be_published() {
        let mut sample = sample_catalogue();
        sample["products"][0]["options"][0]["max"] = 4_000_000_000_u32.into();
        let catalogue: Catalogue = serde_json::from_value(sample).expect("a catalogue");
        let problem = check_bounds(&catalogue).expect_err("a problem");
        assert_eq!(problem.field.as_deref(), Some("/products/0/options/0/max"));
    }
}
