//! What the disk and SQLite can do by themselves: a loop that only inserts and flushes, in groups of a given size. The
//! receiver's own throughput is measured against it.

use std::path::Path;
use std::time::{Duration, Instant};

use super::database::{Database, Fault};
use super::opening::OpenError;
use super::sqlite;
use super::submissions::INSERT;
use super::upkeep::UpkeepError;

/// How fast the loop was.
#[derive(Clone, Copy, Debug)]
pub struct Speed {
    /// Rows that were flushed each second.
    pub rows_per_second: f64,
    /// Of a hundred groups, ninety-nine took no longer than this from begin to flush.
    pub p99: Duration,
}

/// Inserts so many rows of so many bytes into a new file, each group in one flushed transaction; then the file goes.
pub fn measure(path: &Path, rows: u32, group: u32, bytes: usize) -> Result<Speed, UpkeepError> {
    if path.exists() {
        let found = std::io::Error::new(std::io::ErrorKind::AlreadyExists, "it is there already");
        return Err(UpkeepError::Open(OpenError::File(path.to_owned(), found)));
    }
    let mut database = sqlite::open(path, 0).map_err(UpkeepError::Open)?;
    let speed = insert(&mut database, rows, group.max(1), bytes).map_err(UpkeepError::Read);
    drop(database);
    for ending in ["", "-wal", "-shm"] {
        let mut made = path.to_owned().into_os_string();
        made.push(ending);
        let _ = std::fs::remove_file(made);
    }
    speed
}

fn insert(database: &mut dyn Database, rows: u32, group: u32, bytes: usize) -> Result<Speed, Fault> {
    let body = vec![b'x'; bytes];
    let hash = vec![0u8; 32];
    let mut times = Vec::new();
    let began = Instant::now();
    let mut number = 0;
    while number < rows {
        let start = Instant::now();
        database.begin()?;
        for _ in 0..group.min(rows - number) {
            let id = format!("0199f0a1-7c00-7a10-8b20-{number:012x}");
            let receipt = format!("{{\"id\":\"{id}\",\"received_at\":\"2026-11-21T10:04:06.000Z\"}}");
            let site = "https://shop.example";
            let at = i64::from(number);
            let values = [
                id.as_str().into(),
                "feedback".into(),
                site.into(),
                (&body).into(),
                (&hash).into(),
                at.into(),
                at.into(),
                None.into(),
                None.into(),
                (&receipt).into(),
            ];
            database.query(INSERT, &values)?;
            number += 1;
        }
        database.commit()?;
        times.push(start.elapsed());
    }
    let spent = began.elapsed().as_secs_f64();
    times.sort();
    let p99 = times.get(times.len() * 99 / 100).or(times.last()).copied().unwrap_or_default();
    Ok(Speed { rows_per_second: f64::from(rows) / spent, p99 })
}
