//! `PUT /v1/submissions/{id}/attachments/{file}?secret=…`: the file that a received submission has named, once. A 2xx
//! means that it is on the disk. What is put has to be what was announced: as long, and of that kind by its first bytes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::attachment::MediaType;
use domain::limits::ATTACHMENT_BYTES_MAX;
use domain::submission::SubmissionId;

use crate::guards::{self, Peer};
use crate::store::{Announced, Put, StoreError};
use crate::{Error, Shared, body, secrets};

/// Files that may be on their way in at once, each held in memory until it is stored. More hear 503 and come again.
const UNDER_WAY_MAX: usize = 8;
/// How long a file may take; a phone at the edge of its network needs minutes.
const FILE_TIME_MAX: Duration = Duration::from_secs(600);

/// Files that are on their way in.
#[derive(Debug, Default)]
pub struct Arriving(Arc<AtomicUsize>);

struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Arriving {
    fn enter(&self) -> Option<Place> {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        let place = Place(Arc::clone(&self.0));
        (before < UNDER_WAY_MAX).then_some(place)
    }
}

/// Takes a file in.
pub async fn put(
    State(app): State<Shared>,
    peer: Option<Extension<Peer>>,
    Path((submission, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    let peer = peer.map(|Extension(peer)| peer);
    let result = async {
        app.guards.check_address(guards::customer(peer.as_ref(), &headers, &app.options), (app.clock)())?;
        let announced = find(&app, submission, &id, &query.unwrap_or_default()).await?;
        check_head(&headers, &announced)?;
        let place = app.arriving.enter().ok_or(StoreError::Busy)?;
        Ok::<_, Error>((announced, place))
    };
    let (announced, _place) = match result.await {
        Ok(expected) => expected,
        Err(error) => {
            // A browser that is still writing would not hear the answer.
            let _ = body::read_up_to(body, 0, FILE_TIME_MAX).await;
            return Err(error);
        }
    };
    let most = usize::try_from(announced.bytes).unwrap_or(usize::MAX);
    let bytes = body::read_up_to(body, most, FILE_TIME_MAX).await?;
    if let Some(peer) = &peer {
        peer.place.waits();
    }
    check_bytes(&bytes, &announced)?;
    let length = bytes.len() as u64;
    match app.store.put_file(announced.seq, bytes, (app.clock)()).await? {
        Put::Stored => {
            app.counters.files.fetch_add(1, Ordering::Relaxed);
            app.counters.file_bytes.fetch_add(length, Ordering::Relaxed);
            Ok(answer(StatusCode::CREATED, &id))
        }
        Put::Repeated => Ok(answer(StatusCode::OK, &id)),
        Put::Different => Err(Error::IdReused(id)),
        Put::Erased => Err(Error::Gone),
    }
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
    match length {
        Some(length) if length > ATTACHMENT_BYTES_MAX => {
            Err(Error::TooLarge(usize::try_from(ATTACHMENT_BYTES_MAX).unwrap_or(usize::MAX)))
        }
        Some(length) if length != announced.bytes => Err(other_length(announced)),
        Some(_) | None => Ok(()),
    }
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
