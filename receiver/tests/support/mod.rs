//! A receiver on a database of its own, asked without a network.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::calendar::Timestamp;
use domain::config::Config;
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
        for ending in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(ending);
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Saturday, 2026-11-21, 10:04:06 UTC.
pub const NOW: &str = "2026-11-21T10:04:06.000Z";

pub fn at_now() -> Timestamp {
    Timestamp::parse_rfc3339(NOW).unwrap()
}

pub struct Receiver {
    pub scratch: Scratch,
    pub store: Store,
    pub router: Router,
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
    let scratch = Scratch::new();
    let store = Store::open(&scratch.0).unwrap();
    let mut app = App::new(store.clone(), config(), options);
    app.clock = clock;
    Receiver { scratch, store, router: receiver::app(Arc::new(app)) }
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
        count(&self.scratch.0, "SELECT count(*) FROM submissions")
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
