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
    let reference = Reference::parse(&reference).ok_or(Error::NotFound)?;
    let row = app.store.status(reference.as_str().to_owned()).await?;
    let known = opens(row.as_ref().map(|row| row.secret.as_str()), given);
    let Some(row) = row.filter(|_| known) else { return Err(Error::NotFound) };
    let mut response = Response::new(Body::from(wire::status::to_json(&row.report)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}

/// Whether the key that was given, as people type it, is a complaint's. One that was erased has none any more.
pub fn opens(secret: Option<&str>, given: &str) -> bool {
    let secret = secret.unwrap_or_default();
    // The comparison is made in any case, so that the time does not tell whether the reference exists.
    let same = secrets::same(secret.as_bytes(), secrets::typed(given).as_bytes());
    same && !secret.is_empty()
}
