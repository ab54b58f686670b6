//! SQLite's log is written back into the database beside the thread that writes, so that nobody waits for that: a thousand
//! pages and their flush take longer than many transactions. Where that does not keep up, the thread that writes helps.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::{Connection, Error, OpenFlags};
use tokio::sync::watch;

use super::database::Fault;
use super::sqlite::fault;

/// Pages in the log after which it is written back; as many more, and it is again.
const PAGES: i32 = 1_000;
/// Pages in the log (32 MiB) from which on the thread that writes writes them back itself: only what has all been written
/// back begins anew at its beginning, and while submissions never cease nobody else gets to do the last of it.
const PAGES_MAX: i32 = 8_192;

/// The thread beside, until this is ended.
pub(super) struct Beside {
    thread: JoinHandle<()>,
}

impl Beside {
    /// Begins it for the connection that writes. A fault of the disk is told, as one of a commit is: whether the next
    /// flush would be true nobody knows.
    pub(super) fn begin(
        writer: &mut Connection,
        path: &Path,
        failed: watch::Sender<Option<String>>,
    ) -> rusqlite::Result<Self> {
        let own = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        own.busy_timeout(Duration::from_secs(5))?;
        own.execute_batch("PRAGMA synchronous = FULL; PRAGMA mmap_size = 0")?;
        let (ring, rings) = sync_channel(1);
        let work = move || write_back(&own, &rings, &failed);
        let started = thread::Builder::new().name("store-log".to_owned()).spawn(work);
        let thread = started.map_err(|_| Error::InvalidQuery)?;
        watch_log(writer, ring)?;
        Ok(Self { thread })
    }

    /// Ends it, once what it does is done.
    pub(super) fn end(self, writer: &mut Connection) {
        // With the hook goes what rings.
        let _ = writer.wal_hook(None::<fn(&mut rusqlite::hooks::Wal, i32) -> rusqlite::Result<()>>);
        let _ = self.thread.join();
    }
}

/// After each commit: is it time? Takes the place of SQLite's own rule, which keeps the commit waiting.
fn watch_log(writer: &mut Connection, ring: SyncSender<()>) -> rusqlite::Result<()> {
    let mut rung_at = 0;
    writer.wal_hook(Some(move |log: &mut rusqlite::hooks::Wal, pages: i32| {
        if pages < rung_at {
            rung_at = 0;
        }
        if pages >= PAGES_MAX {
            return log.checkpoint().or_else(unless_later);
        }
        if pages - rung_at >= PAGES {
            rung_at = pages;
            // When it has not heard of the last one yet, it finds all of it anyway.
            let _ = ring.try_send(());
        }
        Ok(())
    }))
}

/// Busy is whoever does it at this moment, and where there is no room nothing is lost either: the next ring tries again.
fn unless_later(error: Error) -> rusqlite::Result<()> {
    match fault(&error) {
        Fault::Again(_) | Fault::Full(_) => Ok(()),
        Fault::Disk(_) | Fault::Refused(_) | Fault::Unreachable(_) => Err(error),
    }
}

fn write_back(own: &Connection, rings: &Receiver<()>, failed: &watch::Sender<Option<String>>) {
    while rings.recv().is_ok() {
        let done = own.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = done.or_else(unless_later) {
            let _ = failed.send(Some(format!("sqlite, writing back its log: {error}")));
            return;
        }
    }
}
