//! The threads that own a connection. The writer takes whatever waits into one transaction, flushes it once, and only
//! then answers everybody. Knows nothing of what the jobs do.

use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot, watch};

use super::StoreError;

/// Jobs of one transaction. More wait for the next one.
const BATCH_JOBS_MAX: usize = 256;
/// Bytes of one transaction, as far as the jobs say. More wait for the next one.
const BATCH_BYTES_MAX: usize = 1 << 20;

/// Gives the caller the result, or the reason why it did not last.
type Answer = Box<dyn FnOnce(Option<StoreError>) + Send>;

/// What is left of a job when it has run: the answer, and the fault of the disk that it met.
struct Ran {
    answer: Answer,
    fatal: Option<String>,
}

/// Runs on the connection; without one, only makes the answer that there was none.
type Work = Box<dyn FnOnce(Option<&Connection>) -> Ran + Send>;

struct Job {
    bytes: usize,
    run: Work,
}

/// A thread with a connection and a bounded line before it.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    line: mpsc::Sender<Job>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl Worker {
    /// Does a job. `bytes` says roughly how much it writes.
    pub(super) async fn call<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (tell, told) = oneshot::channel();
        let run = Box::new(move |connection: Option<&Connection>| {
            let done = connection.map(|connection| in_savepoint(connection, work));
            let error = done.as_ref().and_then(|done| done.as_ref().err());
            let fatal = error.filter(|error| is_fatal(error)).map(ToString::to_string);
            let result = match done {
                Some(done) => done.map_err(|error| StoreError::Refused(error.to_string())),
                None => Err(StoreError::Busy),
            };
            let answer: Answer = Box::new(move |lost| {
                // Nobody listens any more when the customer has gone; the row is kept all the same.
                let _ = tell.send(lost.map_or(result, Err));
            });
            Ran { answer, fatal }
        });
        self.line.try_send(Job { bytes, run }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Gone,
        })?;
        told.await.map_err(|_| StoreError::Gone)?
    }

    /// Waits until everything in the line is done. Ends only when no other handle is left.
    pub(super) fn close(self) {
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        drop(self.line);
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT job")?;
    match work(connection) {
        Ok(value) => connection.execute_batch("RELEASE job").map(|()| value),
        Err(error) => {
            let _ = connection.execute_batch("ROLLBACK TO job; RELEASE job");
            Err(error)
        }
    }
}

fn start(
    name: &str,
    room: usize,
    body: impl FnOnce(mpsc::Receiver<Job>) + Send + 'static,
) -> io::Result<Worker> {
    let (line, jobs) = mpsc::channel(room);
    let thread = thread::Builder::new().name(name.to_owned()).spawn(move || body(jobs))?;
    Ok(Worker { line, thread: Arc::new(Mutex::new(Some(thread))) })
}

/// The thread that reads: one job after the other.
pub(super) fn read(connection: Connection, room: usize) -> io::Result<Worker> {
    start("store-read", room, move |mut jobs| {
        while let Some(job) = jobs.blocking_recv() {
            ((job.run)(Some(&connection)).answer)(None);
        }
    })
}

/// The thread that writes: as many jobs as wait, in one flushed transaction.
pub(super) fn write(
    connection: Connection,
    room: usize,
    failed: watch::Sender<Option<String>>,
) -> io::Result<Worker> {
    start("store-write", room, move |mut jobs| {
        while let Some(first) = jobs.blocking_recv() {
            let batch = transact(&connection, first, &mut jobs);
            if let Some(reason) = batch.fatal {
                // Whether the batch is on the disk is unknown, and a second flush would lie (fsyncgate).
                let _ = failed.send(Some(reason));
                jobs.close();
            }
            for answer in batch.answers {
                answer(batch.lost.clone());
            }
        }
        let _ = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    })
}

/// What became of one transaction.
struct Batch {
    answers: Vec<Answer>,
    lost: Option<StoreError>,
    fatal: Option<String>,
}

fn transact(connection: &Connection, first: Job, jobs: &mut mpsc::Receiver<Job>) -> Batch {
    let began = connection.execute_batch("BEGIN IMMEDIATE");
    let mut answers = Vec::new();
    let mut fatal = None;
    let mut bytes = 0;
    let mut next = Some(first);
    while let Some(job) = next {
        bytes += job.bytes;
        let ran = (job.run)(began.is_ok().then_some(connection));
        answers.push(ran.answer);
        fatal = fatal.or(ran.fatal);
        let more = answers.len() < BATCH_JOBS_MAX && bytes < BATCH_BYTES_MAX;
        next = more.then(|| jobs.try_recv().ok()).flatten();
    }
    let end = began.and_then(|()| connection.execute_batch("COMMIT"));
    if end.is_err() && !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    let lost = end.as_ref().err().map(|error| StoreError::Refused(error.to_string()));
    let fatal = fatal.or(end.err().filter(is_fatal).map(|error| error.to_string()));
    Batch { answers, lost, fatal }
}

/// Faults of the disk, after which this process may not go on as if it knew what is stored. A full disk and a lock of
/// somebody else pass.
fn is_fatal(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
