//! All SQL lives in this room. One thread owns the connection that writes; a second one reads beside it (WAL lets both
//! work at once). Whoever calls waits for an answer, never for a lock.

mod access;
mod complaints;
mod events;
mod export;
mod listing;
mod schema;
mod submissions;
mod worker;

use std::fmt;
use std::path::Path;

use tokio::sync::watch;

pub use access::Session;
pub use complaints::{Case, CaseRow, Entry, State, StatusRow};
pub use export::{ExportError, Format, export};
pub use listing::{BodyRow, Counts};
pub use schema::OpenError;
pub use submissions::{New, NewComplaint, Outcome};

use worker::Worker;

/// Jobs that may wait to be written. More are turned away with 503, so that memory stays bounded.
const WRITES_WAITING_MAX: usize = 1_024;
/// Jobs that may wait to be read.
const READS_WAITING_MAX: usize = 256;

/// Why the store did not do what it was asked. All of it is ours: the caller answers 503 and the sender tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Too much is waiting already.
    Busy,
    /// SQLite refused; nothing of this job was kept.
    Refused(String),
    /// The store is closed, or its disk failed.
    Gone,
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => formatter.write_str("too many jobs are waiting"),
            Self::Refused(reason) => write!(formatter, "sqlite: {reason}"),
            Self::Gone => formatter.write_str("the store is closed"),
        }
    }
}

/// The register's database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Worker,
    reader: Worker,
    failed: watch::Receiver<Option<String>>,
}

impl Store {
    /// Opens the database, makes it when it is not there, brings it up to date and checks it.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let writing = schema::open(path)?;
        let reading = schema::open_to_read(path)?;
        let (told, failed) = watch::channel(None);
        let writer = worker::write(writing, WRITES_WAITING_MAX, told).map_err(|_| OpenError::Thread)?;
        let reader = worker::read(reading, READS_WAITING_MAX).map_err(|_| OpenError::Thread)?;
        Ok(Self { writer, reader, failed })
    }

    /// Waits until the disk fails, and says how. A commit whose fate is unknown ends the process: only a restart, which
    /// recovers from the log, knows the truth again.
    pub async fn failure(&self) -> String {
        let mut failed = self.failed.clone();
        let reason = failed.wait_for(Option::is_some).await.ok().and_then(|reason| reason.clone());
        match reason {
            Some(reason) => reason,
            None => std::future::pending().await,
        }
    }

    /// Finishes what waits, then ends both threads.
    pub fn close(self) {
        self.writer.close();
        self.reader.close();
    }
}
