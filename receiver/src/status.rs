//! `GET /v1/status/{reference}?secret=…`: what became of a complaint, for whoever has its receipt. An unknown reference
//! and a wrong secret get the same answer.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::submission::Reference;

use crate::{Error, Shared, secrets};

/// Shows the state.
pub async fn show(
    State(app): State<Shared>,
    Path(reference): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let query = query.unwrap_or_default();
    let given = query.split('&').find_map(|pair| pair.strip_prefix("secret=")).unwrap_or_default();
    let given = secrets::typed(given);
    let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
    let row = app.store.status(reference.as_str().to_owned()).await?;
    // The comparison is made in any case, so that the time does not tell whether the reference exists.
    let secret = row.as_ref().map_or("", |row| &row.secret);
    let known = secrets::same(secret.as_bytes(), given.as_bytes());
    let Some(row) = row.filter(|row| known && !row.secret.is_empty()) else { return Err(Error::NotFound) };
    let mut response = Response::new(Body::from(wire::status::to_json(&row.report)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}
