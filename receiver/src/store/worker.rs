//! The threads that own a connection. The writer takes whatever waits into one transaction, flushes it once, and only
//! then answers everybody. Knows nothing of what the jobs do.

use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};

use super::StoreError;
use super::database::{Database, Fault};
use super::meter::Meter;
use super::opening::OpenError;
use super::pace::{BATCH_JOBS_MAX, Pace};
use super::transaction::Transaction;

/// Bytes of one transaction, as far as the jobs say. More wait for the next one.
const BATCH_BYTES_MAX: usize = 1 << 20;
/// How long the jobs of one transaction may take before its flush. More wait for the next one, so that on a slow or busy
/// machine nobody waits for a whole crowd.
const BATCH_TIME_MAX: Duration = Duration::from_millis(25);
/// Times that a job is tried while others are in its way.
const TRIES_MAX: u32 = 5;

/// Something to do on a connection. It may run more than once; only what is kept counts.
trait Job: Send {
    /// Roughly how much it writes.
    fn bytes(&self) -> usize;
    fn run(&mut self, transaction: &mut Transaction<'_>) -> Result<(), Fault>;
    /// Gives the caller the result, or the reason why it did not last.
    fn answer(self: Box<Self>, lost: Option<StoreError>);
}

struct Call<T, W> {
    bytes: usize,
    work: W,
    result: Option<T>,
    tell: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, W> Job for Call<T, W>
where
    T: Send,
    W: FnMut(&mut Transaction<'_>) -> Result<T, Fault> + Send,
{
    fn bytes(&self) -> usize {
        self.bytes
    }

    fn run(&mut self, transaction: &mut Transaction<'_>) -> Result<(), Fault> {
        self.result = Some((self.work)(transaction)?);
        Ok(())
    }

    fn answer(self: Box<Self>, lost: Option<StoreError>) {
        let result = match lost {
            Some(error) => Err(error),
            None => self.result.ok_or(StoreError::Gone),
        };
        // Nobody listens any more when the customer has gone; the row is kept all the same.
        let _ = self.tell.send(result);
    }
}

type Line = mpsc::Receiver<Box<dyn Job>>;

/// A thread with a connection and a bounded line before it.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    line: mpsc::Sender<Box<dyn Job>>,
    thread: Arc<Mutex<Option<JoinHandle<()>>>>,
    pace: Arc<Pace>,
}

impl std::fmt::Debug for dyn Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Job")
    }
}

impl Worker {
    /// Does a job. `bytes` says roughly how much it writes.
    pub(super) async fn call<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnMut(&mut Transaction<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        if !self.pace.has_room(self.waiting()) {
            return Err(StoreError::Busy);
        }
        let (tell, told) = oneshot::channel();
        let job = Box::new(Call { bytes, work, result: None, tell });
        self.line.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Busy,
            mpsc::error::TrySendError::Closed(_) => StoreError::Gone,
        })?;
        told.await.map_err(|_| StoreError::Gone)?
    }

    /// Jobs that wait.
    pub(super) fn waiting(&self) -> usize {
        self.line.max_capacity() - self.line.capacity()
    }

    /// Microseconds that one flush took lately.
    pub(super) fn flush_us(&self) -> u64 {
        self.pace.flush_us()
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

/// The connection is made on its own thread: a client of Postgres may not block a thread that serves.
fn start<D: Database + 'static>(
    name: &str,
    room: usize,
    open: impl FnOnce() -> Result<D, OpenError> + Send + 'static,
    body: impl FnOnce(D, Line, Arc<Pace>) + Send + 'static,
) -> Result<Worker, OpenError> {
    let (line, jobs) = mpsc::channel(room);
    let pace = Arc::new(Pace::default());
    let learned = Arc::clone(&pace);
    let (tell, told) = std::sync::mpsc::channel();
    let run = move || match open() {
        Ok(database) => {
            let _ = tell.send(Ok(()));
            body(database, jobs, learned);
        }
        Err(error) => {
            let _ = tell.send(Err(error));
        }
    };
    let thread = thread::Builder::new().name(name.to_owned()).spawn(run).map_err(|_| OpenError::Thread)?;
    told.recv().map_err(|_| OpenError::Thread)??;
    Ok(Worker { line, thread: Arc::new(Mutex::new(Some(thread))), pace })
}

/// The thread that reads: one job after the other.
pub(super) fn read<D: Database + 'static>(
    room: usize,
    open: impl FnOnce() -> Result<D, OpenError> + Send + 'static,
) -> Result<Worker, OpenError> {
    start("store-read", room, open, move |mut database, mut jobs, _| {
        while let Some(mut job) = jobs.blocking_recv() {
            let mut done = job.run(&mut Transaction::on(&mut database));
            if matches!(done, Err(Fault::Unreachable(_))) {
                // The connection was gone; a reading may simply be made again.
                done = job.run(&mut Transaction::on(&mut database));
            }
            job.answer(done.err().map(StoreError::from));
        }
    })
}

/// The thread that writes: as many jobs as wait, in one flushed transaction.
pub(super) fn write<D: Database + 'static>(
    room: usize,
    meter: Arc<Meter>,
    failed: watch::Sender<Option<String>>,
    open: impl FnOnce() -> Result<D, OpenError> + Send + 'static,
) -> Result<Worker, OpenError> {
    start("store-write", room, open, move |database, jobs, pace| {
        let mut writer = Writer { database, jobs, meter, failed, pace };
        while let Some(first) = writer.jobs.blocking_recv() {
            writer.batch(first);
        }
        if !writer.has_failed() {
            writer.database.settle();
        }
    })
}

struct Writer<D> {
    database: D,
    jobs: Line,
    meter: Arc<Meter>,
    failed: watch::Sender<Option<String>>,
    pace: Arc<Pace>,
}

impl<D: Database> Writer<D> {
    /// The disk failed: nothing is written any more, and nobody is told that it was.
    fn has_failed(&self) -> bool {
        self.failed.borrow().is_some()
    }

    /// All that waits, together; when one of them fails, each for itself.
    fn batch(&mut self, first: Box<dyn Job>) {
        if self.has_failed() {
            return first.answer(Some(StoreError::Gone));
        }
        let mut batch = Vec::new();
        let done = self.together(first, &mut batch);
        let alone = match &done {
            // One of several spoils the batch: it alone should hear of it.
            Err(Fault::Refused(_) | Fault::Again(_)) => true,
            Ok(()) | Err(Fault::Full(_) | Fault::Unreachable(_) | Fault::Disk(_)) => false,
        };
        if alone {
            for job in batch {
                self.alone(job);
            }
            return;
        }
        self.meter.committed(done.is_ok());
        self.note(done.as_ref().err());
        let lost = done.err().map(StoreError::from);
        for job in batch {
            job.answer(lost.clone());
        }
    }

    fn together(&mut self, first: Box<dyn Job>, batch: &mut Vec<Box<dyn Job>>) -> Result<(), Fault> {
        let begun = self.database.begin();
        let start = Instant::now();
        let mut transaction = Transaction::on(&mut self.database);
        let mut bytes = 0;
        let mut next = Some(first);
        let mut done = begun;
        while let Some(mut job) = next {
            bytes += job.bytes();
            done = done.and_then(|()| job.run(&mut transaction));
            batch.push(job);
            let room = batch.len() < BATCH_JOBS_MAX && bytes < BATCH_BYTES_MAX;
            let more = done.is_ok() && room && start.elapsed() < BATCH_TIME_MAX;
            next = more.then(|| self.jobs.try_recv().ok()).flatten();
        }
        let work = start.elapsed();
        let done = done.and_then(|()| transaction.keep());
        let spent = start.elapsed();
        if done.is_err() {
            self.database.rollback();
        }
        self.meter.batch(batch.len(), spent);
        self.pace.learn(batch.len(), work, spent - work);
        done
    }

    fn alone(&mut self, mut job: Box<dyn Job>) {
        if self.has_failed() {
            return job.answer(Some(StoreError::Gone));
        }
        let mut done = Ok(());
        for _ in 0..TRIES_MAX {
            done = self.database.begin().and_then(|()| {
                let mut transaction = Transaction::on(&mut self.database);
                job.run(&mut transaction)?;
                transaction.keep()
            });
            if done.is_err() {
                self.database.rollback();
            }
            if !matches!(done, Err(Fault::Again(_))) {
                break;
            }
        }
        self.note(done.as_ref().err());
        self.meter.committed(done.is_ok());
        job.answer(done.err().map(StoreError::from));
    }

    /// Whether the batch is on the disk is unknown after such a fault, and a second flush would lie (fsyncgate).
    fn note(&mut self, fault: Option<&Fault>) {
        if let Some(Fault::Disk(reason)) = fault {
            let _ = self.failed.send(Some(reason.clone()));
            self.jobs.close();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::database::{Row, Value};
    use super::*;

    /// A disk that fails one flush, and would do as if nothing had been with the next.
    struct OnceBroken {
        commits: u32,
    }

    impl Database for OnceBroken {
        fn each(&mut self, _: &str, _: &[Value], _: &mut dyn FnMut(Row) -> bool) -> Result<(), Fault> {
            Ok(())
        }

        fn execute(&mut self, sql: &str, _: &[Value]) -> Result<(), Fault> {
            if sql == "spoils the batch" { Err(Fault::Refused(sql.to_owned())) } else { Ok(()) }
        }

        fn begin(&mut self) -> Result<(), Fault> {
            Ok(())
        }

        fn commit(&mut self) -> Result<(), Fault> {
            self.commits += 1;
            if self.commits == 1 { Err(Fault::Disk("EIO".to_owned())) } else { Ok(()) }
        }

        fn rollback(&mut self) {}

        fn passing_over(&self) -> &'static str {
            ""
        }

        fn hold_log(&mut self) -> Result<(), Fault> {
            Ok(())
        }

        fn settle(&mut self) {}
    }

    /// What becomes of jobs that waited together.
    fn become_of(statements: &'static [&'static str]) -> Vec<bool> {
        let (line, jobs) = mpsc::channel(16);
        let (failed, _failing) = watch::channel(None);
        let (meter, pace) = (Arc::new(Meter::default()), Arc::new(Pace::default()));
        let told: Vec<_> = statements
            .iter()
            .map(|sql| {
                let (tell, told) = oneshot::channel();
                let work = move |transaction: &mut Transaction<'_>| transaction.execute(sql, &[]);
                let job: Box<dyn Job> =
                    Box::new(Call { bytes: BATCH_BYTES_MAX / 2, work, result: None, tell });
                line.try_send(job).expect("room");
                told
            })
            .collect();
        drop(line);
        let mut writer = Writer { database: OnceBroken { commits: 0 }, jobs, meter, failed, pace };
        while let Ok(first) = writer.jobs.try_recv() {
            writer.batch(first);
        }
        told.into_iter().map(|told| told.blocking_recv().expect("an answer").is_ok()).collect()
    }

    #[test]
    fn after_a_flush_that_failed_nothing_is_called_stored() {
        assert_eq!(become_of(&["a"; 5]), [false; 5], "later batches");
        assert_eq!(become_of(&["a", "spoils the batch", "b"]), [false; 3], "each for itself");
    }
}
