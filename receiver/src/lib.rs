//! THE RECEIVER: takes submissions in, answers what became of complaints, shows the register, and serves the demo and
//! the built files. Rows and HTTP; every rule is `domain`'s, every shape is `wire`'s.

mod assets;
mod cors;
mod error;
mod host;
mod log;
mod page_headers;
mod register;
mod secrets;
mod server;
mod status;
pub mod store;
mod submissions;
mod zone;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use domain::calendar::Timestamp;
use domain::config::Config;

pub use error::Error;
pub use register::new_token;
pub use server::{ServeError, bind, serve};
pub use store::Store;
pub use zone::NamedZone;

/// What the receiver is told at its start.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Origins of the sites that may send, `https://shop.example`. Without any: this machine's own.
    pub allow_origins: Vec<String>,
    /// Folder of the built files, served under `/all-ears/`.
    pub assets: Option<PathBuf>,
    /// Folder with `index.html` and `demo/`, served under `/`.
    pub site: Option<PathBuf>,
    /// Where customers reach this receiver, if that is not what their request says: `https://care.example`.
    pub public_url: Option<String>,
}

/// Everything a request may need.
pub struct App {
    /// The database.
    pub store: Store,
    /// What the company chose.
    pub config: Config,
    /// The company's time zone.
    pub zone: NamedZone,
    /// What the receiver was told.
    pub options: Options,
    /// The time.
    pub clock: fn() -> Timestamp,
}

impl App {
    /// With the clock of this machine. A time zone that is unknown counts as UTC.
    pub fn new(store: Store, config: Config, options: Options) -> Self {
        let zone = NamedZone::named(&config.complaint.promise.time_zone).unwrap_or_else(NamedZone::utc);
        Self { store, config, zone, options, clock: now }
    }
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

type Shared = Arc<App>;

/// The whole receiver as one service.
pub fn app(state: Arc<App>) -> Router {
    let public = Router::new()
        .route("/v1/submissions", only(post(submissions::submit), "POST, OPTIONS"))
        .route("/v1/status/{reference}", only(get(status::show), "GET, HEAD, OPTIONS"))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), cors::guard));
    Router::new()
        .merge(public)
        .merge(register::routes(&state))
        .route("/healthz", only(get(healthy), "GET, HEAD"))
        .route("/all-ears/{file}", only(get(assets::built), "GET, HEAD"))
        .fallback(assets::site)
        .with_state(state)
}

/// A route with 405 and its `Allow` for every other method.
fn only(route: MethodRouter<Shared>, allowed: &'static str) -> MethodRouter<Shared> {
    route.fallback(move |_: Method| async move { Error::Method(allowed) })
}

/// Whether the store answers.
async fn healthy(axum::extract::State(app): axum::extract::State<Shared>) -> Result<&'static str, Error> {
    app.store.token_hash().await?;
    Ok("ok\n")
}
