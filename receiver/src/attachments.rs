//! `PUT /v1/submissions/{id}/attachments/{file}?secret=…`: the file that a received submission has named, once. A 2xx
//! means that it is on the disk. What is put has to be what was announced: as long, and of that kind by its first bytes.

use std::sync::atomic::Ordering;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::attachment::MediaType;
use domain::submission::SubmissionId;

use crate::arriving::Place;
use crate::guards::{self, CountedFile, Peer};
use crate::places::household;
use crate::store::{Announced, Put, StoreError};
use crate::{Error, Shared, secrets};

/// Takes a file in. What can be refused by the head of the request is, before anything is read of its body.
pub async fn put(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    Path((submission, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    let peer = peer.map(|Extension(peer)| peer);
    let from = guards::customer(peer.as_ref(), &headers, &app.options);
    app.guards.check_address(from, (app.clock)())?;
    let announced = find(&app, submission, &id, &query.unwrap_or_default()).await?;
    check_head(&headers, &announced)?;
    let mut counted = None;
    // A repeat fills nothing: it only wants to hear that all is well.
    if !announced.stored {
        check_room(&app, announced.bytes)?;
        counted = Some(app.guards.count_file(from, &announced.site, announced.bytes, (app.clock)())?);
    }
    let place = app.arriving.enter(from.map(household)).ok_or(StoreError::Busy)?;
    let most = usize::try_from(announced.bytes).unwrap_or(usize::MAX);
    let bytes = place.read(body, most).await.map_err(|error| match error {
        Error::TooLarge(_) => other_length(&announced),
        error => error,
    })?;
    if let Some(peer) = &peer {
        peer.place.waits();
    }
    check_bytes(&bytes, &announced)?;
    // On a task of its own: whoever leaves now has filled the disk all the same, and the memory until then.
    let stored = tokio::spawn(store(app, announced.seq, bytes, place, counted));
    match stored.await.map_err(|_| StoreError::Gone)?? {
        Put::Stored => Ok(answer(StatusCode::CREATED, &id)),
        Put::Repeated => Ok(answer(StatusCode::OK, &id)),
        Put::Different => Err(Error::IdReused(id)),
        Put::Erased => Err(Error::Gone),
    }
}

async fn store(
    app: Shared,
    seq: i64,
    bytes: Vec<u8>,
    _place: Place,
    counted: Option<CountedFile>,
) -> Result<Put, StoreError> {
    let length = bytes.len() as u64;
    let outcome = app.store.put_file(seq, bytes, (app.clock)()).await?;
    if outcome == Put::Stored {
        app.counters.files.fetch_add(1, Ordering::Relaxed);
        app.counters.file_bytes.fetch_add(length, Ordering::Relaxed);
        counted.map(CountedFile::keep);
    }
    Ok(outcome)
}

/// Files are refused long before words are: whoever fills the disk with them keeps nobody from complaining.
fn check_room(app: &Shared, bytes: u64) -> Result<(), Error> {
    let least = app.options.free_bytes_for_files;
    let left = app.store.free_bytes().map(|free| free.saturating_sub(bytes));
    if least > 0 && left.is_some_and(|left| left < least) { Err(Error::NoRoom) } else { Ok(()) }
}

async fn find(app: &Shared, submission: String, id: &str, query: &str) -> Result<Announced, Error> {
    let given = query.split('&').find_map(|pair| pair.strip_prefix("secret=")).unwrap_or_default();
    let parsed = SubmissionId::parse(&submission).and(SubmissionId::parse(id));
    parsed.ok_or(Error::NotFound)?;
    let found = app.store.announced(submission, id.to_owned(), secrets::typed(given)).await?;
    let announced = found.ok_or(Error::NotFound)?;
    if announced.erased { Err(Error::Gone) } else { Ok(announced) }
}

/// What the head of the request says already.
fn check_head(headers: &HeaderMap, announced: &Announced) -> Result<(), Error> {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length != announced.bytes) { Err(other_length(announced)) } else { Ok(()) }
}

fn other_length(announced: &Announced) -> Error {
    Error::NotAnnounced(format!("{} bytes", announced.bytes))
}

/// The first bytes say what it is, whatever its name and its media type say.
fn check_bytes(bytes: &[u8], announced: &Announced) -> Result<(), Error> {
    if bytes.len() as u64 != announced.bytes {
        return Err(other_length(announced));
    }
    let is = MediaType::sniff(bytes).map(MediaType::as_str);
    if is == Some(&announced.media_type) {
        Ok(())
    } else {
        Err(Error::NotAnnounced(format!("a file that begins as {} does", announced.media_type)))
    }
}

/// The id again, by which a browser knows that nobody else has answered.
fn answer(status: StatusCode, id: &str) -> Response {
    let mut response = Response::new(Body::from(format!("{{\"id\":\"{id}\"}}")));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
