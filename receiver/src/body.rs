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
/// Bytes of a refused body that are still read, so that the client can hear the answer.
const DRAINED_BYTES_MAX: usize = 16 << 20;
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

/// Reads the body of a submission or a form.
pub async fn read(body: Body) -> Result<Vec<u8>, Error> {
    read_up_to(body, BODY_BYTES_MAX, BODY_TIME_MAX).await
}

/// Reads a body. Too many bytes are 413, too few in their time 408.
pub async fn read_up_to(mut body: Body, bytes_max: usize, time_max: Duration) -> Result<Vec<u8>, Error> {
    let began = Instant::now();
    let mut bytes = Vec::new();
    let mut seen = 0;
    loop {
        // The deadline moves with what has come.
        let earned = Duration::from_secs(seen as u64 / BODY_BYTES_PER_SECOND_MIN);
        let deadline = began + (BODY_GRACE + earned).min(time_max);
        let frame = tokio::time::timeout_at(deadline, body.frame()).await.map_err(|_| Error::TooSlow)?;
        let Some(frame) = frame else { break };
        // A connection that broke has nobody who could hear this answer.
        let Ok(data) = frame.map_err(|_| Error::TooSlow)?.into_data() else { continue };
        seen += data.len();
        if seen <= bytes_max {
            bytes.extend_from_slice(&data);
        } else if seen > DRAINED_BYTES_MAX || body.size_hint().lower() > DRAINED_BYTES_MAX as u64 {
            break;
        }
    }
    if seen > bytes_max { Err(Error::TooLarge(bytes_max)) } else { Ok(bytes) }
}
