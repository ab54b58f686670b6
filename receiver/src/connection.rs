//! One connection: HTTP/1.1 on a stream whose place hears of everything that is said on it.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::guards::Peer;
use crate::places::Place;

/// What hyper itself allows for a head, idle time included. The places are stricter; this is the net below them.
const HEAD_TIME_MAX: Duration = Duration::from_secs(30);

/// A stream that tells its place what happens.
pub struct Seated {
    stream: TcpStream,
    place: Arc<Place>,
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
        Pin::new(&mut self.stream).poll_shutdown(context)
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
        request.extensions_mut().insert(self.peer.clone());
        let answer: Answer = self.inner.call(request);
        Box::pin(async move {
            let answer = answer.await;
            place.answered();
            answer
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
        .serve_connection(TokioIo::new(Seated { stream, place }), Answering { inner, peer })
}
