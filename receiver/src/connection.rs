//! One connection: HTTP/1.1 on a stream whose place hears of everything that is said on it. An answer may come before
//! its request has; then the connection closes, after listening for a while to whoever still sends.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::HttpBody as _;
use axum::http::{HeaderValue, Request, Response, header};
use domain::limits::ATTACHMENT_BYTES_MAX;
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::body::BODY_BYTES_MAX;
use crate::guards::Peer;
use crate::places::Place;

/// What hyper itself allows for a head, idle time included. The places are stricter; this is the net below them.
const HEAD_TIME_MAX: Duration = Duration::from_secs(30);

/// How long, and to how many bytes, a connection listens after it has refused a request that was still coming: as much as
/// the largest file. To close at once would make the system of many a client throw the answer away unread.
const LINGER_TIME_MAX: Duration = Duration::from_secs(10);
const LINGER_BYTES_MAX: u64 = ATTACHMENT_BYTES_MAX + (1 << 20);

/// A stream that tells its place what happens.
pub struct Seated {
    stream: TcpStream,
    place: Arc<Place>,
    /// Until when it listens, and to how many more bytes; once our side is closed.
    lingers: Option<(Pin<Box<Sleep>>, u64)>,
}

impl Seated {
    /// Throws away what still comes.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Some((ends, left)) = &mut self.lingers else { return Poll::Ready(()) };
        let mut scratch = [std::mem::MaybeUninit::uninit(); 8_192];
        loop {
            let over = *left == 0 || ends.as_mut().poll(context).is_ready();
            let mut part = ReadBuf::uninit(&mut scratch);
            let read = Pin::new(&mut self.stream).poll_read(context, &mut part);
            match read {
                Poll::Ready(Ok(())) if !over && !part.filled().is_empty() => {
                    *left = left.saturating_sub(part.filled().len() as u64);
                }
                Poll::Pending if !over => return Poll::Pending,
                Poll::Ready(_) | Poll::Pending => return Poll::Ready(()),
            }
        }
    }
}

impl AsyncRead for Seated {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let done = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.place.heard();
        }
        done
    }
}

impl AsyncWrite for Seated {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(context, bytes);
        if done.is_ready() {
            self.place.told();
        }
        done
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        if done.is_ready() {
            self.place.told();
        }
        done
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.lingers.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
            if !self.place.is_interrupted() {
                return Poll::Ready(Ok(()));
            }
            self.lingers = Some((Box::pin(tokio::time::sleep(LINGER_TIME_MAX)), LINGER_BYTES_MAX));
        }
        self.poll_linger(context).map(Ok)
    }
}

/// The receiver, as seen from one connection.
#[derive(Clone)]
pub struct Answering {
    inner: TowerToHyperService<Router>,
    peer: Peer,
}

type Answer = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

impl Service<Request<Incoming>> for Answering {
    type Response = Response<axum::body::Body>;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let place = Arc::clone(&self.peer.place);
        place.requests();
        // A short one is usually here already; hyper reads it to its end, and the connection goes on.
        let is_long = request.body().size_hint().upper().is_none_or(|most| most > BODY_BYTES_MAX as u64);
        request.extensions_mut().insert(self.peer.clone());
        let answer: Answer = self.inner.call(request);
        Box::pin(async move {
            let Ok(mut answer) = answer.await;
            if place.answered(is_long) {
                answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(answer)
        })
    }
}

/// A connection with everything around it.
pub type Connection = hyper::server::conn::http1::Connection<TokioIo<Seated>, Answering>;

/// Begins to talk.
pub fn open(
    stream: TcpStream,
    address: IpAddr,
    place: Arc<Place>,
    inner: TowerToHyperService<Router>,
) -> Connection {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let peer = Peer { address, place: Arc::clone(&place) };
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Seated { stream, place, lingers: None }), Answering { inner, peer })
}
