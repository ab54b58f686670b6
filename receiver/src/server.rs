//! Accepting connections: bounded in number, each with a limit on how long its request may take to begin. Ends politely
//! on SIGINT and SIGTERM, and at once when the disk fails.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use crate::{App, app};

/// Connections at a time. More wait in the system's queue.
const CONNECTIONS_MAX: usize = 1_000;
/// How long the head of a request may take, and a connection may stay idle.
const HEAD_TIME_MAX: Duration = Duration::from_secs(10);
/// How long a shutdown waits for requests that are being answered.
const SHUTDOWN_TIME_MAX: Duration = Duration::from_secs(10);

/// Why the receiver does not serve (any longer).
#[derive(Debug)]
pub enum ServeError {
    /// The address is taken or out of reach.
    Bind(String, io::Error),
    /// Signals cannot be awaited.
    Signals(io::Error),
    /// The disk failed; only a restart knows what is stored.
    Disk(String),
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind(address, error) if error.kind() == io::ErrorKind::AddrInUse => {
                write!(formatter, "{address} is in use by another program; choose another port with --port")
            }
            Self::Bind(address, error) => write!(formatter, "{address} is out of reach: {error}"),
            Self::Signals(error) => write!(formatter, "signals are out of reach: {error}"),
            Self::Disk(reason) => write!(formatter, "the disk failed ({reason}); start again to recover"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Takes the address.
pub async fn bind(host: &str, port: u16) -> Result<TcpListener, ServeError> {
    let refused = |error| ServeError::Bind(format!("{host}:{port}"), error);
    TcpListener::bind((host.trim_matches(['[', ']']), port)).await.map_err(refused)
}

/// Serves until a signal ends it, then finishes what is being answered and closes the store.
pub async fn serve(listener: TcpListener, state: Arc<App>) -> Result<(), ServeError> {
    let end = accept_until_ended(&listener, &state).await;
    drop(listener);
    if let Some(app) = Arc::into_inner(state) {
        app.store.close();
    }
    end
}

async fn accept_until_ended(listener: &TcpListener, state: &Arc<App>) -> Result<(), ServeError> {
    let service = TowerToHyperService::new(app(Arc::clone(state)));
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let graceful = GracefulShutdown::new();
    let mut signal = std::pin::pin!(ended());
    let end = loop {
        let accepted = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::select! {
            (place, accepted) = accepted => match accepted {
                Ok((stream, _)) => {
                    let connection = graceful.watch(connection(stream, service.clone()));
                    tokio::spawn(async move {
                        // A connection that broke is the client's affair.
                        let _ = connection.await;
                        drop(place);
                    });
                }
                // Out of file handles: wait for some to come back.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            end = &mut signal => break end,
            reason = state.store.failure() => return Err(ServeError::Disk(reason)),
        }
    };
    let _ = tokio::time::timeout(SHUTDOWN_TIME_MAX, graceful.shutdown()).await;
    end
}

type Connection =
    hyper::server::conn::http1::Connection<TokioIo<TcpStream>, TowerToHyperService<axum::Router>>;

fn connection(stream: TcpStream, service: TowerToHyperService<axum::Router>) -> Connection {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX)
        .serve_connection(TokioIo::new(stream), service)
}

#[cfg(unix)]
async fn ended() -> Result<(), ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.map_err(ServeError::Signals),
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn ended() -> Result<(), ServeError> {
    tokio::signal::ctrl_c().await.map_err(ServeError::Signals)
}
