//! The catalogue: read the newest, publish a new version. Publishing changes only what is sold from then on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use billing::catalogue::Catalogue;
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
    let storefront = catalogue.storefront.clone();
    let now = app.now();
    let version = app.write(move |engine| engine.publish(&catalogue, now)).await?;
    Ok((StatusCode::CREATED, Json(CataloguePublished { storefront, version })))
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
}
