//! Everything that can go wrong with a request, as problem+json. Faults of the client are told in full and not logged;
//! faults of ours are logged and not described.

use std::fmt::Write as _;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wire::problem::{self, Fault, Problem};
use wire::strict;

use crate::metrics::Refused;
use crate::store::StoreError;

/// Seconds after which it is worth to ask again, when too much is under way; and after which somebody may have made room
/// on a disk.
const BUSY_SECONDS: u64 = 1;
const NO_ROOM_SECONDS: u64 = 600;

/// Why a request gets no 2xx.
#[derive(Debug)]
pub enum Error {
    /// The bytes are no UTF-8 from this place on.
    NotUtf8(usize),
    /// The text is no JSON for us.
    NotJson(strict::Fault),
    /// The JSON does not fit the contract.
    Shape(Vec<Fault>),
    /// The `Idempotency-Key` names another id than the body.
    KeyMismatch(String),
    /// The page's origin is not on the list.
    Origin(String),
    /// There is nothing at this address, or it is nobody's business.
    NotFound,
    /// Only these methods are answered here.
    Method(&'static str),
    /// The body did not come in this time, or at so many bytes a second.
    TooSlow(Duration, u64),
    /// The body is too long.
    TooLarge(usize),
    /// The body says that it is something else.
    MediaType(String),
    /// The id belongs to another submission.
    IdReused(String),
    /// The file is not the one that its submission has named.
    NotAnnounced(String),
    /// What it belongs to was erased; nothing more is taken of it.
    Gone,
    /// More than this sender may send now; after so many seconds there is room again.
    TooMany(u64),
    /// The disk has no room for files that it can spare. Words are still taken in.
    NoRoom,
    /// Ours: nothing is taken in at the moment.
    NotReady(&'static str),
    /// Ours: the store, the disk, randomness.
    Store(StoreError),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotUtf8(_) | Self::NotJson(_) | Self::Shape(_) | Self::KeyMismatch(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Origin(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow(..) => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::IdReused(_) | Self::NotAnnounced(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Gone => StatusCode::GONE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::NotReady(_) | Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotUtf8(_) => ("not-utf-8", "The body is not UTF-8"),
            Self::NotJson(_) => ("not-json", "The body is not acceptable JSON"),
            Self::Shape(_) => ("shape", "The submission does not fit the contract"),
            Self::KeyMismatch(_) => ("key-mismatch", "Idempotency-Key and id differ"),
            Self::Origin(_) => ("origin", "This site is not on the list of allowed origins"),
            Self::NotFound => ("not-found", "There is nothing here"),
            Self::Method(_) => ("method", "This method is not answered here"),
            Self::TooSlow(..) => ("too-slow", "The body took too long"),
            Self::TooLarge(_) => ("too-large", "The body is too long"),
            Self::MediaType(_) => ("media-type", "This media type is not read here"),
            Self::IdReused(_) => ("id-reused", "This id belongs to another submission"),
            Self::NotAnnounced(_) => ("not-announced", "This is not the file that was announced"),
            Self::Gone => ("gone", "What it belongs to was erased"),
            Self::TooMany(_) => ("too-many", "This is more than may be sent at a time"),
            Self::NoRoom => ("no-room", "Files wait until there is more room"),
            Self::NotReady(_) => ("not-ready", "Nothing is taken in at the moment"),
            Self::Store(_) => ("try-again", "The submission is not stored yet"),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotUtf8(at) => format!("byte {at} (from 0) begins no UTF-8 character"),
            Self::NotJson(fault) => fault.to_string(),
            Self::Shape(faults) => told(faults),
            Self::KeyMismatch(key) => format!("Idempotency-Key is {key:?}; it has to be the id in the body"),
            Self::Origin(origin) => format!("{origin} needs to be named with --allow-origin"),
            Self::NotFound => "the address, the reference or its secret is unknown".to_owned(),
            Self::Method(allowed) => format!("allowed: {allowed}"),
            Self::TooSlow(whole, pace) => format!(
                "the whole body has to arrive within {} seconds, at {} KiB a second or more",
                whole.as_secs(),
                pace >> 10
            ),
            Self::TooLarge(most) => format!("at most {most} bytes are read"),
            Self::MediaType(found) => {
                format!("expected application/json or text/plain in UTF-8, found {found}")
            }
            Self::IdReused(id) => {
                format!("{id} was received with another body; what is new needs a new id")
            }
            Self::NotAnnounced(expected) => format!("its submission announced {expected}"),
            Self::Gone => "nothing more is taken of it".to_owned(),
            Self::TooMany(seconds) => format!("nothing was lost; there is room again in {seconds} s"),
            Self::NoRoom => "nothing was lost; the same file may be sent again".to_owned(),
            Self::NotReady(why) => (*why).to_owned(),
            Self::Store(_) => "nothing was lost; the same request may be sent again".to_owned(),
        }
    }
}

fn told(faults: &[Fault]) -> String {
    let mut text = String::new();
    for fault in faults.iter().take(8) {
        if !text.is_empty() {
            text.push_str("; ");
        }
        let path = if fault.path.is_empty() { "the body" } else { &fault.path };
        let _ = write!(text, "{path}: expected {}, found {}", fault.expected, fault.found);
    }
    text
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        let (name, title) = self.name();
        let detail = self.detail();
        let mut extra: Option<(HeaderName, HeaderValue)> = None;
        let mut told = Problem { name, title, status: status.as_u16(), detail, ..Problem::default() };
        match self {
            Self::NotJson(fault) => told.place = Some((fault.line, fault.column)),
            Self::Shape(faults) => told.errors = faults,
            Self::Method(allowed) => extra = Some((header::ALLOW, HeaderValue::from_static(allowed))),
            Self::MediaType(_) => {
                extra = Some((
                    HeaderName::from_static("accept-post"),
                    HeaderValue::from_static("application/json, text/plain"),
                ));
            }
            Self::Store(error) => {
                crate::log::fault(&error);
                extra = Some((header::RETRY_AFTER, HeaderValue::from(spread(BUSY_SECONDS))));
            }
            Self::TooMany(seconds) => {
                extra = Some((header::RETRY_AFTER, HeaderValue::from(spread(seconds))));
            }
            Self::TooLarge(_) | Self::TooSlow(..) => {
                extra = Some((header::CONNECTION, HeaderValue::from_static("close")))
            }
            Self::NoRoom => {
                extra = Some((header::RETRY_AFTER, HeaderValue::from(spread(NO_ROOM_SECONDS))));
            }
            Self::NotUtf8(_)
            | Self::NotReady(_)
            | Self::KeyMismatch(_)
            | Self::Origin(_)
            | Self::NotFound
            | Self::NotAnnounced(_)
            | Self::Gone
            | Self::IdReused(_) => {}
        }
        let mut response = Response::new(Body::from(problem::to_json(&told)));
        *response.status_mut() = status;
        response.extensions_mut().insert(Refused(name));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some((name, value)) = extra {
            headers.insert(name, value);
        }
        response
    }
}

/// So many seconds, and up to a quarter and four more: whoever was turned away together comes back one after the other, the
/// more apart the longer they wait.
fn spread(seconds: u64) -> u64 {
    let mut bytes = [0u8; 4];
    let _ = getrandom::fill(&mut bytes);
    seconds + u64::from(u32::from_le_bytes(bytes)) % (seconds / 4 + 5)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::response::IntoResponse as _;

    use super::{Error, StoreError, header};

    /// What a thousand who are turned away together hear.
    #[track_caller]
    fn check(error: fn() -> Error, least: u64, most: u64) {
        let mut heard = BTreeMap::new();
        for _ in 0..1_000 {
            let answer = error().into_response();
            let after =
                answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            *heard.entry(after.expect("when to come back")).or_insert(0_u32) += 1;
        }
        let seconds: Vec<u64> = heard.keys().copied().collect();
        assert!(seconds.iter().all(|after| (least..=most).contains(after)), "{seconds:?}");
        // Each second has about as many as any other: never four times its share, and hardly one is left out.
        let all = most - least + 1;
        let crowd = u64::from(heard.values().copied().max().unwrap_or_default());
        assert!(crowd <= 4 * (1_000 / all).max(6), "{crowd} of a thousand at once, of {all} seconds");
        assert!(seconds.len() as u64 * 10 >= all * 9, "{} of {all} seconds", seconds.len());
    }

    #[test]
    fn whoever_is_turned_away_comes_back_spread_out() {
        check(|| StoreError::Busy.into(), 1, 5);
        check(|| Error::TooMany(60), 60, 79);
        check(|| Error::NoRoom, 600, 754);
    }
}
