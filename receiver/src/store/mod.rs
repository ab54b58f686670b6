//! All SQL lives in this room. One thread owns the connection that writes; a second one reads beside it. Whoever calls
//! waits for an answer, never for a lock. SQLite and Postgres stand behind one trait, [`Database`].

mod access;
mod attachments;
mod bare;
mod checkpoint;
mod complaints;
mod database;
mod events;
mod export;
mod listing;
mod meter;
mod opening;
mod outbox;
mod pace;
mod postgres;
mod putting;
mod quarantine;
mod sqlite;
mod submissions;
mod transaction;
mod upkeep;
mod worker;

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

pub use access::Session;
pub use attachments::{Announced, File, FileRow, NewFiles};
pub use bare::{Speed, measure};
pub use complaints::{Case, CaseRow, Entry, State, StatusRow};
pub use database::{Database, Fault, Row, Value};
pub use events::{ERASED, FOLLOW_UP, REOPENED};
pub use export::{ExportError, Format, export};
pub use listing::{BodyRow, Counts};
pub use meter::{BOUNDS_US, Meter, Times};
pub use opening::{OpenError, Target};
pub use outbox::{Depth, Due, Letter, letters, replay};
pub use putting::{PART_BYTES, Put};
pub use quarantine::Suspect;
pub use submissions::{About, New, NewComplaint, Outcome};
pub use upkeep::{Report, UpkeepError, backup, missing, restore, verify};

use worker::Worker;

/// Jobs that may wait to be written. More are turned away with 503, so that memory stays bounded.
const WRITES_WAITING_MAX: usize = 1_024;
/// Jobs that may wait to be read.
const READS_WAITING_MAX: usize = 256;
/// Bytes that have to be free where a SQLite file is. With less, nothing is taken in any more, while there is still
/// room to answer, to look, and to clean up.
pub const FREE_BYTES_MIN: u64 = 256 << 20;
/// The same for files: they have to wait long before words do.
pub const FREE_BYTES_MIN_FOR_FILES: u64 = 2 << 30;

/// Why the store did not do what it was asked. All of it is ours: the caller answers 503 and the sender tries again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Too much is waiting already.
    Busy,
    /// The disk has no room.
    Full(String),
    /// The database refused; nothing of this job was kept.
    Refused(String),
    /// The server is out of reach; whether something was kept is unknown.
    Unreachable(String),
    /// The store is closed, or its disk failed.
    Gone,
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Full(reason) => Self::Full(reason),
            Fault::Unreachable(reason) => Self::Unreachable(reason),
            Fault::Refused(reason) | Fault::Again(reason) | Fault::Disk(reason) => Self::Refused(reason),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => formatter.write_str("too many jobs are waiting"),
            Self::Full(reason) | Self::Refused(reason) | Self::Unreachable(reason) => {
                formatter.write_str(reason)
            }
            Self::Gone => formatter.write_str("the store is closed"),
        }
    }
}

/// The register's database.
#[derive(Clone, Debug)]
pub struct Store {
    writer: Worker,
    reader: Worker,
    meter: Arc<Meter>,
    failed: watch::Receiver<Option<String>>,
    /// Files take turns before the writer, so that words wait for one of them at most.
    one_file: Arc<Semaphore>,
    /// Where the rows are, if that is a file here.
    file: Option<Arc<Path>>,
}

impl Store {
    /// Opens the database, makes it when it is not there, brings it up to date and checks it.
    pub fn open(target: impl Into<Target>) -> Result<Self, OpenError> {
        Self::open_with(target, FREE_BYTES_MIN)
    }

    /// The same, taking nothing in while fewer bytes than that are free on the disk of a SQLite file.
    pub fn open_with(target: impl Into<Target>, free_bytes_min: u64) -> Result<Self, OpenError> {
        let (told, failed) = watch::channel(None);
        let meter = Arc::new(Meter::default());
        let counted = Arc::clone(&meter);
        let mut file = None;
        let (writer, reader) = match target.into() {
            Target::File(path) => {
                file = Some(Arc::from(path.as_path()));
                let also = path.clone();
                let damaged = told.clone();
                let open = move || {
                    let mut opened = sqlite::open(&path, free_bytes_min)?;
                    opened.write_back_beside(damaged.clone())?;
                    opened.check_beside(damaged);
                    Ok(opened)
                };
                let writer = worker::write(WRITES_WAITING_MAX, counted, told, open)?;
                (writer, worker::read(READS_WAITING_MAX, move || sqlite::open_to_read(&also))?)
            }
            Target::Server(url) => {
                let also = url.clone();
                let open = move || postgres::open(&url);
                let writer = worker::write(WRITES_WAITING_MAX, counted, told, open)?;
                (writer, worker::read(READS_WAITING_MAX, move || postgres::open_to_read(&also))?)
            }
        };
        let one_file = Arc::new(Semaphore::new(1));
        Ok(Self { writer, reader, meter, failed, one_file, file })
    }

    /// Waits until the disk fails, and says how. A commit whose fate is unknown ends the process: only a restart, which
    /// recovers from the log, knows the truth again.
    pub async fn failure(&self) -> String {
        let mut failed = self.failed.clone();
        match failed.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or_default(),
            // The thread is gone without a word, which it never should be while it is asked.
            Err(_) => "the thread that writes has ended".to_owned(),
        }
    }

    /// Whether both connections answer: the one that reads, and the one that writes in its turn.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.reader.call(0, |transaction| transaction.number("SELECT 1", &[])).await?;
        self.writer.call(0, |transaction| transaction.number("SELECT 1", &[])).await.map(drop)
    }

    /// What the writer has counted.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Bytes that are free where the rows are, as far as that is known: a server's disk is its own affair.
    pub fn free_bytes(&self) -> Option<u64> {
        sqlite::free_bytes(self.file.as_deref()?)
    }

    /// Jobs that wait to be written.
    pub fn waiting(&self) -> usize {
        self.writer.waiting()
    }

    /// How long the disk, or the server, took lately to make something last.
    pub fn flush_time(&self) -> Duration {
        Duration::from_micros(self.writer.flush_us())
    }

    /// Finishes what waits, then ends both threads.
    pub fn close(self) {
        self.writer.close();
        self.reader.close();
    }
}
