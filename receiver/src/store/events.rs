//! The event log: appended, never changed, each entry sealed with the hash of the one before it. A note is sealed by its
//! hash, so that it can be erased without breaking the chain.

use sha2::{Digest, Sha256};

use super::database::{Database, Fault, Row, Value};

/// The entry with which a customer opens an answered complaint again. Its state is then `received`.
pub const REOPENED: &str = "reopened";
/// The entry for what a customer said later. The company notes it itself where the customer's key was not given.
pub const FOLLOW_UP: &str = "follow_up";
/// The entry with which the company erases what was said.
pub const ERASED: &str = "erased";

/// One entry to append.
#[derive(Clone, Debug)]
pub(super) struct NewEvent {
    pub submission_seq: i64,
    pub at_ms: i64,
    pub actor: &'static str,
    pub kind: String,
    pub note: String,
}

const LAST: &str = "SELECT hash FROM events ORDER BY seq DESC LIMIT 1";
const APPEND: &str = "INSERT INTO events (submission_seq, at_ms, actor, type, note, note_sha256, prev_hash, hash) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ALL: &str = "SELECT seq, submission_seq, at_ms, actor, type, note, prev_hash, hash, note_sha256 \
                   FROM events ORDER BY seq";

/// Appends entries at the end of the log, which the caller holds.
pub(super) fn seal_all(database: &mut dyn Database, events: &[NewEvent]) -> Result<(), Fault> {
    let last = database.query(LAST, &[])?;
    let mut previous = match last.first() {
        Some(row) => row.bytes(0)?,
        None => Vec::new(),
    };
    for event in events {
        let note = Sha256::digest(event.note.as_bytes()).to_vec();
        let entry = Entry {
            submission_seq: event.submission_seq,
            at_ms: event.at_ms,
            actor: event.actor,
            kind: &event.kind,
        };
        let hash = entry.seal(&previous, &note);
        database.execute(
            APPEND,
            &[
                event.submission_seq.into(),
                event.at_ms.into(),
                event.actor.into(),
                (&event.kind).into(),
                (&event.note).into(),
                (&note).into(),
                (&previous).into(),
                (&hash).into(),
            ],
        )?;
        previous = hash;
    }
    Ok(())
}

struct Entry<'a> {
    submission_seq: i64,
    at_ms: i64,
    actor: &'a str,
    kind: &'a str,
}

impl Entry<'_> {
    fn seal(&self, previous: &[u8], note: &[u8]) -> Vec<u8> {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        hasher.update(self.submission_seq.to_be_bytes());
        hasher.update(self.at_ms.to_be_bytes());
        for part in [self.actor.as_bytes(), self.kind.as_bytes(), note] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
        hasher.finalize().to_vec()
    }
}

/// The number of the first entry that does not fit its seal, if somebody changed the rows by hand, and how many
/// entries there are.
pub(super) fn check(database: &mut dyn Database) -> Result<(u64, Option<i64>), Fault> {
    let mut previous: Vec<u8> = Vec::new();
    let mut count = 0;
    let mut outcome = Ok(None);
    database.each(ALL, &[], &mut |row| {
        count += 1;
        outcome = fits(&row, &previous).map(|seal| match seal {
            Some(hash) => {
                previous = hash;
                None
            }
            None => row.int(0).ok(),
        });
        matches!(outcome, Ok(None))
    })?;
    outcome.map(|broken| (count, broken))
}

/// The seal of an entry, if the entry fits it.
fn fits(row: &Row, previous: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    let (actor, kind, note) = (row.text(3)?, row.text(4)?, row.text(5)?);
    let entry = Entry { submission_seq: row.int(1)?, at_ms: row.int(2)?, actor: &actor, kind: &kind };
    let (before, hash) = (row.bytes(6)?, row.bytes(7)?);
    let sealed = match row.0.get(8) {
        // Entries from before the second migration seal the note itself.
        Some(Value::Null) | None => note.as_bytes().to_vec(),
        Some(Value::Int(_) | Value::Text(_) | Value::Bytes(_)) => {
            let sealed = row.bytes(8)?;
            let erased = note.is_empty();
            if !erased && sealed != Sha256::digest(note.as_bytes()).to_vec() {
                return Ok(None);
            }
            sealed
        }
    };
    let fits = before == previous && hash == entry.seal(previous, &sealed);
    Ok(fits.then_some(hash))
}
