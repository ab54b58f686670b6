//! THE RECEIVER: takes submissions in, answers what became of complaints, shows the register, and serves the demo and
//! the built files. Rows and HTTP; every rule is `domain`'s, every shape is `wire`'s.

mod arriving;
mod assets;
mod attachments;
mod body;
mod connection;
mod cors;
mod customer_key;
mod error;
mod guards;
mod host;
mod log;
mod metrics;
mod page_headers;
mod places;
mod pressure;
mod rates;
mod register;
mod secrets;
mod server;
mod status;
pub mod store;
mod submissions;
mod tls;
mod volumes;
pub mod webhooks;
mod zone;

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware;
use axum::routing::{MethodRouter, get, post, put};
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
    /// Submissions a minute from one address, twice as many at once. 0 is no limit.
    pub rate_per_address: u32,
    /// Submissions a minute from one site, twice as many at once. 0 is no limit.
    pub rate_per_site: u32,
    /// Bytes of files a day from one address, as many at once. 0 is no limit.
    pub file_bytes_per_address: u64,
    /// Bytes of files a day from one site, as many at once. 0 is no limit.
    pub file_bytes_per_site: u64,
    /// Bytes that have to be free where a SQLite file is for files to be taken in; words need less. 0 is no limit.
    pub free_bytes_for_files: u64,
    /// Proxies beyond this machine whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// Who may read the metrics, beside this machine.
    pub metrics_from: Vec<IpAddr>,
    /// Other programs that are told what was handed in.
    pub webhooks: Vec<webhooks::Endpoint>,
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
    guards: guards::Guards,
    counters: metrics::Counters,
    places: Arc<places::Places>,
    pressure: Arc<pressure::Pressure>,
    webhooks: webhooks::Webhooks,
    arriving: arriving::Arriving,
}

impl App {
    /// With the clock of this machine. A time zone that is unknown counts as UTC.
    pub fn new(store: Store, config: Config, options: Options) -> Self {
        let zone = NamedZone::named(&config.complaint.promise.time_zone).unwrap_or_else(NamedZone::utc);
        let guards = guards::Guards::new(&options);
        let (counters, places, pressure, arriving) = Default::default();
        let webhooks = webhooks::Webhooks::new(&options.webhooks);
        Self {
            store,
            config,
            zone,
            options,
            clock: now,
            guards,
            counters,
            places,
            pressure,
            webhooks,
            arriving,
        }
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
        .route("/v1/submissions/{id}/attachments/{file}", only(put(attachments::put), "PUT, OPTIONS"))
        .route("/v1/status/{reference}", only(get(status::show), "GET, HEAD, OPTIONS"))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), cors::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&state), metrics::count));
    Router::new()
        .merge(public)
        .merge(register::routes(&state))
        .route("/healthz", only(get(metrics::healthy), "GET, HEAD"))
        .route("/readyz", only(get(metrics::ready), "GET, HEAD"))
        .route("/metrics", only(get(metrics::show), "GET, HEAD"))
        .route("/all-ears/{file}", only(get(assets::built), "GET, HEAD"))
        .route("/all-ears/authoring/{file}", only(get(assets::authoring), "GET, HEAD"))
        .fallback(assets::site)
        .with_state(state)
}

/// A route with 405 and its `Allow` for every other method.
fn only(route: MethodRouter<Shared>, allowed: &'static str) -> MethodRouter<Shared> {
    route.fallback(move |_: Method| async move { Error::Method(allowed) })
}
