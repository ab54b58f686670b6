//! The event log of complaints: appended, never changed, each entry sealed with the hash of the one before it.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

/// One entry to append.
pub(super) struct NewEvent<'a> {
    pub submission_seq: i64,
    pub at_ms: i64,
    pub actor: &'a str,
    pub kind: &'a str,
    pub note: &'a str,
}

/// Appends an entry.
pub(super) fn append(connection: &Connection, event: &NewEvent<'_>) -> rusqlite::Result<()> {
    let last: Option<Vec<u8>> = connection
        .query_row("SELECT hash FROM events ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    let previous = last.unwrap_or_default();
    let hash = seal(&previous, event);
    connection
        .prepare_cached(
            "INSERT INTO events (submission_seq, at_ms, actor, type, note, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![event.submission_seq, event.at_ms, event.actor, event.kind, event.note, previous, hash])?;
    Ok(())
}

fn seal(previous: &[u8], event: &NewEvent<'_>) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(event.submission_seq.to_be_bytes());
    hasher.update(event.at_ms.to_be_bytes());
    for part in [event.actor, event.kind, event.note] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_vec()
}

/// The number of the first entry that does not fit its seal, if somebody changed the file by hand.
pub(super) fn first_broken(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare(
        "SELECT seq, submission_seq, at_ms, actor, type, note, prev_hash, hash FROM events ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    let mut previous: Vec<u8> = Vec::new();
    while let Some(row) = rows.next()? {
        let (actor, kind, note): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let event = NewEvent {
            submission_seq: row.get(1)?,
            at_ms: row.get(2)?,
            actor: &actor,
            kind: &kind,
            note: &note,
        };
        let (before, hash): (Vec<u8>, Vec<u8>) = (row.get(6)?, row.get(7)?);
        if before != previous || hash != seal(&previous, &event) {
            return row.get(0).map(Some);
        }
        previous = hash;
    }
    Ok(None)
}
