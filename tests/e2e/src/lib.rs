//! The harness of the end-to-end journeys: real browsers by WebDriver, the built files, the real receiver.
//! It uses only what a host page can use, and knows nothing of how the widget is made: controls are found by role and
//! accessible name, texts by their key in the locale files.

pub mod customer;
pub mod engine;
pub mod fault;
pub mod http;
pub mod lab;
pub mod receiver;
pub mod runner;
pub mod site;
pub mod texts;
pub mod tls;
pub mod watch;
pub mod webdriver;
pub mod world;

use std::time::Duration;

/// Why a journey stopped: a sentence for the report.
#[derive(Debug)]
pub struct Failure(pub String);

/// What a step gives back.
pub type Outcome<T = ()> = Result<T, Failure>;

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self(format!("JSON: {error}"))
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self(format!("SQLite: {error}"))
    }
}

/// Fails with a sentence unless the condition holds.
pub fn ensure(condition: bool, otherwise: impl FnOnce() -> String) -> Outcome {
    if condition { Ok(()) } else { Err(Failure(otherwise())) }
}

/// The pause between two looks at something that is awaited.
pub fn breathe() {
    std::thread::park_timeout(Duration::from_millis(30));
}

/// The root of the workspace.
pub fn workspace() -> std::path::PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// The folder of the built files: `dist`, or what `E2E_DIST` names (a copy, while a build goes on).
pub fn dist() -> std::path::PathBuf {
    std::env::var_os("E2E_DIST").map_or_else(|| workspace().join("dist"), Into::into)
}
