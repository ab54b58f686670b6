//! Accepting connections: bounded in number and time by their places. Ends politely on SIGINT and SIGTERM, and at once
//! when the disk fails.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::{App, app, connection, log, webhooks};

/// How often somebody looks for connections that take too long.
const SWEEP_PAUSE: Duration = Duration::from_millis(500);
/// How long nobody is let in when every connection waits for us, or file handles have run out.
const FULL_PAUSE: Duration = Duration::from_millis(20);
/// How long a shutdown waits for requests that are being answered.
const SHUTDOWN_TIME_MAX: Duration = Duration::from_secs(10);

/// Why the receiver does not serve (any longer).
#[derive(Debug)]
pub enum ServeError {
    /// The address is taken or out of reach.
    Bind(String, io::Error),
    /// Signals cannot be awaited.
    Signals(io::Error),
    /// Webhooks cannot be told anything, and why.
    Webhooks(String),
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
            Self::Webhooks(reason) => write!(formatter, "webhooks cannot be told anything: {reason}"),
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
    let deliveries = webhooks::start(&state).map_err(ServeError::Webhooks)?;
    let end = accept_until_ended(&listener, &state).await;
    drop(listener);
    let patience = if matches!(end, Err(ServeError::Disk(_))) { Duration::ZERO } else { SHUTDOWN_TIME_MAX };
    deliveries.end(patience).await;
    if let Some(app) = Arc::into_inner(state) {
        app.store.close();
    }
    end
}

async fn accept_until_ended(listener: &TcpListener, state: &Arc<App>) -> Result<(), ServeError> {
    let service = TowerToHyperService::new(app(Arc::clone(state)));
    let graceful = GracefulShutdown::new();
    let mut signal = std::pin::pin!(ended()?);
    let mut failure = std::pin::pin!(state.store.failure());
    let (pressure, store) = (Arc::clone(&state.pressure), state.store.clone());
    // On a task of its own: this one is woken by every connection.
    let mut helpers = JoinSet::new();
    helpers.spawn(async move { pressure.watch(&store).await });
    let mut sweep = tokio::time::interval(SWEEP_PAUSE);
    log::event("started", &[]);
    let end = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => welcome(stream, from.ip(), state, &service, &graceful).await,
                // Out of file handles: wait for some to come back.
                Err(_) => tokio::time::sleep(FULL_PAUSE).await,
            },
            _ = sweep.tick() => state.places.sweep(),
            end = &mut signal => break end,
            reason = &mut failure => {
                log::fault(&reason);
                helpers.shutdown().await;
                return Err(ServeError::Disk(reason));
            }
        }
    };
    state.counters.ending.store(true, std::sync::atomic::Ordering::Relaxed);
    log::event("stopping", &[]);
    // It holds a handle of the store, which closes when there is no other.
    helpers.shutdown().await;
    let polite = tokio::time::timeout(SHUTDOWN_TIME_MAX, graceful.shutdown()).await.is_ok();
    log::event("stopped", &[("polite", if polite { "yes" } else { "no" })]);
    end
}

/// Gives a connection its place, or closes it when there is none.
async fn welcome(
    stream: TcpStream,
    address: std::net::IpAddr,
    state: &Arc<App>,
    service: &TowerToHyperService<axum::Router>,
    graceful: &GracefulShutdown,
) {
    let Some(place) = state.places.take(address) else {
        // Everybody waits for us. A moment of nobody coming in lets them be answered.
        tokio::time::sleep(FULL_PAUSE).await;
        return;
    };
    let open = connection::open(stream, address, Arc::clone(&place), service.clone());
    let connection = graceful.watch(open);
    tokio::spawn(async move {
        tokio::select! {
            // A connection that broke is the client's affair.
            _ = connection => {}
            () = place.left() => {}
        }
        place.give_back();
    });
}

/// Somebody wants it to end. Signals are heard from the call on, before anybody is let in: until then they would end the
/// process at once, in the middle of an answer.
#[cfg(unix)]
fn ended() -> Result<impl Future<Output = Result<(), ServeError>>, ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let hear = |kind| signal(kind).map_err(ServeError::Signals);
    let (mut terminate, mut interrupt) = (hear(SignalKind::terminate())?, hear(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
        }
    })
}

#[cfg(not(unix))]
fn ended() -> Result<impl Future<Output = Result<(), ServeError>>, ServeError> {
    Ok(async { tokio::signal::ctrl_c().await.map_err(ServeError::Signals) })
}
