//! A receiver on a database of its own, asked without a network. Where `ALL_EARS_TEST_POSTGRES` names a server, the
//! database is one of its; `cargo xtask test receiver` runs every test both ways.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod files;
pub mod sink;
pub mod team;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::calendar::Timestamp;
use domain::config::Config;
use receiver::store::Target;
use receiver::{App, Options, Store};
use serde_json::Value;
use tower::ServiceExt;

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database file that goes when the test ends.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn new() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("all-ears-{}-{number}.db", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm", ".v1"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Where the rows of a test are.
pub enum Place {
    File(Scratch),
    Server(String),
}

/// Waits for a fact, but not for ever.
pub async fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = std::time::Instant::now();
    while !so() {
        assert!(began.elapsed().as_secs() < 30, "{what}: not within half a minute");
        tokio::task::yield_now().await;
    }
}

/// A client of Postgres must not block a thread that serves.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

fn connect(url: &str) -> postgres::Client {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    client.batch_execute("SET search_path = all_ears").unwrap();
    client
}

impl Place {
    /// A new one: in a file, or on the server that the tests were given.
    pub fn new() -> Self {
        let Ok(server) = std::env::var("ALL_EARS_TEST_POSTGRES") else { return Self::File(Scratch::new()) };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{number}", std::process::id());
        apart(|| {
            let sql = format!("CREATE DATABASE {name} TEMPLATE template0");
            postgres::Client::connect(&server, postgres::NoTls).unwrap().batch_execute(&sql).unwrap();
        });
        let (address, _) = server.rsplit_once('/').unwrap();
        Self::Server(format!("{address}/{name}"))
    }

    pub fn target(&self) -> Target {
        match self {
            Self::File(scratch) => Target::from(&scratch.0),
            Self::Server(url) => Target::from(url.as_str()),
        }
    }

    /// Runs a statement past the receiver.
    pub fn run(&self, sql: &str) -> Result<(), String> {
        match self {
            Self::File(scratch) => {
                let connection = rusqlite::Connection::open(&scratch.0).unwrap();
                connection.execute_batch(sql).map_err(|error| error.to_string())
            }
            Self::Server(url) => apart(|| connect(url).batch_execute(sql).map_err(|error| error.to_string())),
        }
    }

    /// The number that a statement answers.
    pub fn count(&self, sql: &str) -> i64 {
        match self {
            Self::File(scratch) => count(&scratch.0, sql),
            Self::Server(url) => apart(|| connect(url).query_one(sql, &[]).unwrap().get(0)),
        }
    }

    /// Keeps everybody else from writing until the answer is dropped.
    pub fn hold(&self) -> std::sync::mpsc::Sender<()> {
        let (release, released) = std::sync::mpsc::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let target = self.target();
        std::thread::spawn(move || match target {
            Target::File(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute_batch("BEGIN IMMEDIATE").unwrap();
                tell.send(()).unwrap();
                let _ = released.recv();
            }
            Target::Server(url) => {
                let mut client = connect(&url);
                client.batch_execute("BEGIN; LOCK TABLE submissions").unwrap();
                tell.send(()).unwrap();
                let _ = released.recv();
            }
        });
        told.recv().unwrap();
        release
    }
}

/// Saturday, 2026-11-21, 10:04:06 UTC.
pub const NOW: &str = "2026-11-21T10:04:06.000Z";

pub fn at_now() -> Timestamp {
    Timestamp::parse_rfc3339(NOW).unwrap()
}

pub struct Receiver {
    pub place: Place,
    pub store: Store,
    pub router: Router,
    pub app: Arc<App>,
}

/// The follow-up of `golden`, as the customer's own device sends it: with the key of the complaint's receipt.
pub fn keyed(receipt: &Value) -> String {
    let (_, key) = receipt["status_url"].as_str().unwrap().split_once("?secret=").unwrap();
    golden("follow_up-secret").replace("0123456789ABCDEFGHJKMNPQRS", key)
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub fn config() -> Config {
    let mut config = Config::default();
    config.company.name = "Fernway Outfitters".to_owned();
    config.company.owner_name = "Maya Okafor".to_owned();
    config.complaint.promise.time_zone = "Europe/London".to_owned();
    config
}

pub fn receiver() -> Receiver {
    with(Options::default(), at_now)
}

pub fn with(options: Options, clock: fn() -> Timestamp) -> Receiver {
    let place = Place::new();
    let store = Store::open(place.target()).unwrap();
    let mut app = App::new(store.clone(), config(), options);
    app.clock = clock;
    let app = Arc::new(app);
    Receiver { place, store, router: receiver::app(Arc::clone(&app)), app }
}

impl Receiver {
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).header("host", "care.example").body(Body::empty()).unwrap()).await
    }

    /// As every sender does: whoever is sent away, as some are on a slow machine, comes again.
    pub async fn post_until_heard(&self, body: String) -> Answer {
        let began = std::time::Instant::now();
        while began.elapsed().as_secs() < 30 {
            let answer = self.post(body.clone()).await;
            if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                return answer;
            }
            tokio::task::yield_now().await;
        }
        self.post(body).await
    }

    pub async fn post(&self, body: impl Into<Body>) -> Answer {
        self.post_as("application/json", body).await
    }

    pub async fn post_as(&self, kind: &str, body: impl Into<Body>) -> Answer {
        let request = Request::post("/v1/submissions")
            .header("host", "care.example")
            .header("content-type", kind)
            .body(body.into())
            .unwrap();
        self.ask(request).await
    }

    /// How many rows there are, read past the receiver.
    pub fn rows(&self) -> i64 {
        self.place.count("SELECT count(*) FROM submissions")
    }
}

pub fn count(path: &std::path::Path, sql: &str) -> i64 {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// The golden submission of a kind.
pub fn golden(name: &str) -> String {
    let path = format!("{}/../crates/wire/tests/golden/v1/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().trim_end().to_owned()
}

/// The smallest complaint, with this number in its id.
pub fn complaint(number: u32) -> String {
    golden("complaint-minimal").replace("3c4d5e6f7086", &format!("{number:012x}"))
}
