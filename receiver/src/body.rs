//! Reading what a client sends: bounded in bytes and in time, so that nobody keeps a connection by sending nothing.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::{FromRequest, Request};
use http_body_util::BodyExt as _;
use tokio::time::Instant;

use crate::guards::Peer;
use crate::{Error, Shared};

/// Bytes of a body. A longer one is refused with 413.
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// How long the whole body may take. Then 408.
const BODY_TIME_MAX: Duration = Duration::from_secs(10);
/// How long a body may take to get going, and how fast it has to come from then on. Slower is 408.
const BODY_GRACE: Duration = Duration::from_secs(2);
const BODY_BYTES_PER_SECOND_MIN: u64 = 1_024;

/// The bytes of a body. As the last argument of a handler it reads them at a pace.
pub struct Paced(pub Vec<u8>);

impl FromRequest<Shared> for Paced {
    type Rejection = Error;

    async fn from_request(request: Request, _: &Shared) -> Result<Self, Error> {
        let peer = request.extensions().get::<Peer>().cloned();
        let bytes = read(request.into_body()).await?;
        if let Some(peer) = peer {
            peer.place.waits();
        }
        Ok(Self(bytes))
    }
}

/// Reads the body of a submission or a form. Too many bytes are 413, as soon as they are known; too few in their time 408.
pub async fn read(mut body: Body) -> Result<Vec<u8>, Error> {
    let too_slow = || Error::TooSlow(BODY_TIME_MAX, BODY_BYTES_PER_SECOND_MIN);
    if body.size_hint().lower() > BODY_BYTES_MAX as u64 {
        return Err(Error::TooLarge(BODY_BYTES_MAX));
    }
    let began = Instant::now();
    let mut bytes = Vec::new();
    loop {
        // The deadline moves with what has come.
        let earned = Duration::from_secs(bytes.len() as u64 / BODY_BYTES_PER_SECOND_MIN);
        let deadline = began + (BODY_GRACE + earned).min(BODY_TIME_MAX);
        let frame = tokio::time::timeout_at(deadline, body.frame()).await.map_err(|_| too_slow())?;
        let Some(frame) = frame else { return Ok(bytes) };
        // A connection that broke has nobody who could hear this answer.
        let Ok(data) = frame.map_err(|_| too_slow())?.into_data() else { continue };
        if bytes.len() + data.len() > BODY_BYTES_MAX {
            return Err(Error::TooLarge(BODY_BYTES_MAX));
        }
        bytes.extend_from_slice(&data);
    }
}
