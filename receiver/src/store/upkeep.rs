//! Looking after the rows: a copy while everything goes on, the way back from a copy, a check of all that is stored,
//! and erasing what a customer wants erased.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use domain::calendar::Timestamp;
use domain::submission::Body;
use sha2::{Digest, Sha256};

use super::database::{Database, Fault, Row};
use super::events::{self, ERASED, NewEvent};
use super::export::open;
use super::opening::{OpenError, Target};
use super::sqlite;
use super::transaction::Transaction;
use super::{Store, StoreError, attachments};

/// What a database holds, as far as a check has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Submissions.
    pub submissions: i64,
    /// The number of the newest one.
    pub last_seq: i64,
    /// Submissions whose words were erased.
    pub erased: i64,
    /// Complaints.
    pub complaints: i64,
    /// Files that have come with them.
    pub attachments: i64,
    /// Entries of the event log.
    pub events: u64,
    /// The first entry that does not fit its seal.
    pub broken_event: Option<i64>,
    /// Submissions whose bytes do not fit their hash.
    pub broken_bodies: Vec<i64>,
    /// Files whose bytes do not fit their hash.
    pub broken_attachments: Vec<i64>,
    /// Submissions that have fewer files than they have announced.
    pub missing_attachments: Vec<i64>,
}

impl Report {
    /// Whether everything fits.
    pub fn is_sound(&self) -> bool {
        self.broken_event.is_none()
            && self.broken_bodies.is_empty()
            && self.broken_attachments.is_empty()
            && self.missing_attachments.is_empty()
    }
}

/// Why looking after the rows did not work.
#[derive(Debug)]
pub enum UpkeepError {
    /// The database does not open.
    Open(OpenError),
    /// It does not read.
    Read(Fault),
    /// The copy does not work, and why.
    Copy(String),
    /// Postgres has its own tools for this.
    Server,
}

impl fmt::Display for UpkeepError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(error) => error.fmt(formatter),
            Self::Read(fault) => write!(formatter, "the database does not read: {fault}"),
            Self::Copy(reason) => write!(formatter, "the copy does not work: {reason}"),
            Self::Server => formatter.write_str(
                "Postgres is copied with its own tools: pg_basebackup with an archive of its log, or pg_dump",
            ),
        }
    }
}

impl std::error::Error for UpkeepError {}

/// Copies a database while it is used. The copy is whole, flushed and checked before it gets its name.
pub fn backup(from: &Target, to: &Path) -> Result<Report, UpkeepError> {
    let Target::File(path) = from else { return Err(UpkeepError::Server) };
    if !path.exists() {
        return Err(UpkeepError::Copy(format!("{from}: there is no such file")));
    }
    if to.exists() {
        return Err(UpkeepError::Copy(format!("{} is there already", to.display())));
    }
    let reading = sqlite::open_to_copy(path).map_err(UpkeepError::Open)?;
    sqlite::write_copy(&reading, to).map_err(UpkeepError::Copy)?;
    look(&Target::from(to))
}

/// Puts a copy where a database is expected, after a check of it. What is there already is never overwritten.
pub fn restore(copy: &Path, to: &Path) -> Result<Report, UpkeepError> {
    let told = |error: std::io::Error| UpkeepError::Copy(error.to_string());
    for ending in ["", "-wal", "-shm"] {
        let mut there = to.to_owned().into_os_string();
        there.push(ending);
        if Path::new(&there).exists() {
            let there = there.display();
            return Err(UpkeepError::Copy(format!("{there} is there already; move it away first")));
        }
    }
    if !copy.exists() {
        return Err(UpkeepError::Copy(format!("{}: there is no such file", copy.display())));
    }
    let reading = sqlite::open_to_copy(copy).map_err(UpkeepError::Open)?;
    sqlite::write_copy(&reading, to).map_err(UpkeepError::Copy)?;
    drop(reading);
    let report = look(&Target::from(to))?;
    if !report.is_sound() {
        std::fs::remove_file(to).map_err(told)?;
        return Err(UpkeepError::Copy(format!("{} does not fit its own seals", copy.display())));
    }
    Ok(report)
}

/// Looks at everything: pages, hashes of the bytes, the chain of the event log.
pub fn verify(target: &Target) -> Result<Report, UpkeepError> {
    look(target)
}

/// Which of these submissions are not there.
pub fn missing<'a>(target: &Target, ids: impl Iterator<Item = &'a str>) -> Result<Vec<String>, UpkeepError> {
    let mut database = open(target).map_err(UpkeepError::Open)?;
    let mut missing = Vec::new();
    for id in ids {
        let found = database.query("SELECT seq FROM submissions WHERE id = $1", &[id.into()]);
        if found.map_err(UpkeepError::Read)?.is_empty() {
            missing.push(id.to_owned());
        }
    }
    Ok(missing)
}

fn look(target: &Target) -> Result<Report, UpkeepError> {
    if let Target::File(path) = target {
        if !path.exists() {
            return Err(UpkeepError::Copy(format!("{target}: there is no such file")));
        }
        sqlite::check_all(path).map_err(UpkeepError::Open)?;
    }
    let mut database = open(target).map_err(UpkeepError::Open)?;
    report(database.as_mut()).map_err(UpkeepError::Read)
}

fn report(database: &mut dyn Database) -> Result<Report, Fault> {
    let mut number = |sql: &str| Transaction::on(database).number(sql, &[]);
    let submissions = number("SELECT count(*) FROM submissions")?;
    let last_seq = number("SELECT coalesce(max(seq), 0) FROM submissions")?;
    let erased = number("SELECT count(*) FROM submissions WHERE erased_ms IS NOT NULL")?;
    let complaints = number("SELECT count(*) FROM complaints")?;
    let attachments =
        number("SELECT count(*) FROM attachments WHERE received_ms IS NOT NULL AND erased_ms IS NULL")?;
    let (events, broken_event) = events::check(database)?;
    let broken_bodies = changed(
        database,
        "SELECT seq, body, body_sha256 FROM submissions WHERE erased_ms IS NULL ORDER BY seq",
    )?;
    let broken_attachments = changed(
        database,
        "SELECT a.seq, a.body, a.body_sha256, p.body FROM attachments a LEFT JOIN attachment_parts p \
         ON p.attachment_seq = a.seq AND p.of_sha256 = a.body_sha256 \
         WHERE a.received_ms IS NOT NULL AND a.erased_ms IS NULL ORDER BY a.seq, p.part",
    )?;
    Ok(Report {
        submissions,
        last_seq,
        erased,
        complaints,
        attachments,
        events,
        broken_event,
        broken_bodies,
        broken_attachments,
        missing_attachments: missing_files(database)?,
    })
}

/// The numbers of the submissions whose receipt asks for files, and that have fewer rows for them than they name.
fn missing_files(database: &mut dyn Database) -> Result<Vec<i64>, Fault> {
    let mut named = BTreeMap::new();
    let mut outcome = Ok(());
    let asked =
        "SELECT seq, body FROM submissions WHERE erased_ms IS NULL AND receipt LIKE '%\"upload_url\":%'";
    database.each(asked, &[], &mut |row| {
        match (row.int(0), row.bytes(1)) {
            (Ok(seq), Ok(body)) => drop(named.insert(seq, named_in(&body))),
            (Err(fault), _) | (_, Err(fault)) => outcome = Err(fault),
        }
        outcome.is_ok()
    })?;
    let counted = "SELECT submission_seq, count(*) FROM attachments GROUP BY submission_seq";
    database.each(counted, &[], &mut |row| {
        match (row.int(0), row.int(1)) {
            (Ok(seq), Ok(count)) => named.entry(seq).and_modify(|left| *left -= count).or_default(),
            (Err(fault), _) | (_, Err(fault)) => {
                outcome = Err(fault);
                return false;
            }
        };
        true
    })?;
    outcome.map(|()| named.into_iter().filter(|(_, left)| *left > 0).map(|(seq, _)| seq).collect())
}

/// How many files a submission names. One that does not read is known by its hash to be broken.
fn named_in(body: &[u8]) -> i64 {
    match crate::submissions::parse(body).map(|submission| submission.body) {
        Ok(Body::Complaint(complaint)) => i64::try_from(complaint.attachments.len()).unwrap_or(i64::MAX),
        Ok(Body::Rating(_) | Body::Feedback(_) | Body::FollowUp(_) | Body::Signal(_)) | Err(_) => 0,
    }
}

/// The numbers of those whose bytes do not fit their hash.
fn changed(database: &mut dyn Database, rows: &str) -> Result<Vec<i64>, Fault> {
    let mut hashing = Hashing::default();
    let mut outcome = Ok(());
    database.each(rows, &[], &mut |row| {
        outcome = hashing.take(&row);
        outcome.is_ok()
    })?;
    hashing.end();
    outcome.map(|()| hashing.broken)
}

/// Goes from row to row: number, bytes, their hash, and where it came in parts a part in each of several rows. Each is let
/// go before the next one is read, so that a file of any size fits.
#[derive(Default)]
struct Hashing {
    current: Option<(i64, Vec<u8>, Sha256)>,
    broken: Vec<i64>,
}

impl Hashing {
    fn take(&mut self, row: &Row) -> Result<(), Fault> {
        let seq = row.int(0)?;
        if self.current.as_ref().is_none_or(|(known, ..)| *known != seq) {
            self.end();
            self.current = Some((seq, row.bytes(2)?, Sha256::new_with_prefix(row.bytes(1)?)));
        }
        if let (Some((.., hasher)), 4) = (&mut self.current, row.0.len()) {
            hasher.update(row.bytes(3)?);
        }
        Ok(())
    }

    fn end(&mut self) {
        let Some((seq, sha256, hasher)) = self.current.take() else { return };
        if hasher.finalize().to_vec() != sha256 {
            self.broken.push(seq);
        }
    }
}

impl Store {
    /// Erases what was said in a submission, and what was noted about it. That it was there stays, under its id: a
    /// repeat gets the same receipt and brings nothing back. False when there is nothing to erase.
    pub async fn erase(&self, id: String, at: Timestamp) -> Result<bool, StoreError> {
        let write = self.writer.call(1_024, move |transaction| erase(transaction, &id, at));
        write.await
    }
}

fn erase(transaction: &mut Transaction<'_>, id: &str, at: Timestamp) -> Result<bool, Fault> {
    let sql = "SELECT seq FROM submissions WHERE id = $1 AND erased_ms IS NULL";
    let Some(found) = transaction.first(sql, &[id.into()])? else { return Ok(false) };
    let seq = found.int(0)?;
    let nothing: &[u8] = &[];
    transaction.execute(
        "UPDATE submissions SET body = $1, erased_ms = $2 WHERE seq = $3",
        &[nothing.into(), at.0.into(), seq.into()],
    )?;
    transaction.execute(
        "UPDATE events SET note = '' WHERE submission_seq = $1 AND note <> '' AND note_sha256 IS NOT NULL",
        &[seq.into()],
    )?;
    attachments::erase(transaction, seq, at)?;
    // Nobody looks it up any more.
    transaction.execute("UPDATE complaints SET secret = '' WHERE seq = $1", &[seq.into()])?;
    transaction.append(NewEvent {
        submission_seq: seq,
        at_ms: at.0,
        actor: "company",
        kind: ERASED.to_owned(),
        note: String::new(),
    });
    Ok(true)
}
