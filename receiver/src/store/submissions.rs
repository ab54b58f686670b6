//! The one write that matters: a submission, once, with its receipt.

use domain::calendar::Timestamp;
use domain::submission::{Receipt, Reference, SubmissionId};
use rusqlite::{Connection, OptionalExtension, params};

use super::complaints::set_state;
use super::events::{NewEvent, append};
use super::{State, Store, StoreError};

/// A submission to be stored.
#[derive(Clone, Debug)]
pub struct New {
    /// Idempotency key.
    pub id: SubmissionId,
    /// `complaint`, …
    pub kind: &'static str,
    /// Origin of the page.
    pub site: String,
    /// The bytes as they arrived.
    pub body: Vec<u8>,
    /// Their hash, by which a repeat is told from another submission with the same id.
    pub sha256: Vec<u8>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When the customer pressed the button.
    pub created_at: Timestamp,
    /// The earlier submission that this one replaces.
    pub supersedes: Option<SubmissionId>,
    /// The complaint that a follow-up is about, and whether that complaint is to be opened again.
    pub about: Option<(String, bool)>,
    /// What only complaints have.
    pub complaint: Option<NewComplaint>,
    /// What will be answered; reference and status address are filled in here.
    pub receipt: Receipt,
}

/// What only complaints have.
#[derive(Clone, Debug)]
pub struct NewComplaint {
    /// The reference made from the id.
    pub reference: Reference,
    /// References to take when that one is taken: two ids in a trillion share theirs.
    pub spare: Vec<Reference>,
    /// Who looks after it.
    pub owner: String,
    /// When the answer is promised.
    pub reply_by: Timestamp,
    /// What only the receipt knows.
    pub secret: String,
    /// Where its state can be looked up, up to the reference.
    pub status_base: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new row; the receipt.
    Stored(String),
    /// It was there already; the receipt of then.
    Repeated(String),
    /// The id belongs to another submission; nothing was changed.
    Different,
}

impl Store {
    /// Stores a submission. `Ok` means that it is on the disk.
    pub async fn insert(&self, new: New) -> Result<Outcome, StoreError> {
        self.writer.call(new.body.len() + 1_024, move |connection| insert(connection, new)).await
    }
}

fn insert(connection: &Connection, mut new: New) -> rusqlite::Result<Outcome> {
    let before: Option<(Vec<u8>, String)> = connection
        .prepare_cached("SELECT body_sha256, receipt FROM submissions WHERE id = ?")?
        .query_row([new.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((sha256, receipt)) = before {
        return Ok(if sha256 == new.sha256 { Outcome::Repeated(receipt) } else { Outcome::Different });
    }
    if let Some(complaint) = &new.complaint {
        let reference = free_reference(connection, complaint)?;
        let url = format!("{}{}?secret={}", complaint.status_base, reference, complaint.secret);
        new.receipt.reference = Some(reference);
        new.receipt.status_url = Some(url);
    }
    let receipt = wire::receipt::to_json(&new.receipt);
    connection
        .prepare_cached(
            "INSERT INTO submissions \
             (id, kind, site, body, body_sha256, received_ms, client_ms, supersedes, about, receipt) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            new.id.as_str(),
            new.kind,
            new.site,
            new.body,
            new.sha256,
            new.received_at.0,
            new.created_at.0,
            new.supersedes.as_ref().map(SubmissionId::as_str),
            new.about.as_ref().map(|(reference, _)| reference),
            receipt,
        ])?;
    let seq = connection.last_insert_rowid();
    if let (Some(complaint), Some(reference)) = (&new.complaint, &new.receipt.reference) {
        open_case(connection, seq, &new, complaint, reference)?;
    }
    if let Some((reference, reopen)) = &new.about {
        attach(connection, reference, new.received_at, *reopen)?;
    }
    Ok(Outcome::Stored(receipt))
}

/// The reference made from the id, unless another complaint has it already.
fn free_reference(connection: &Connection, complaint: &NewComplaint) -> rusqlite::Result<String> {
    let mut taken = connection.prepare_cached("SELECT 1 FROM complaints WHERE reference = ?")?;
    for reference in std::iter::once(&complaint.reference).chain(&complaint.spare) {
        if !taken.exists([reference.as_str()])? {
            return Ok(reference.as_str().to_owned());
        }
    }
    Err(rusqlite::Error::QueryReturnedMoreThanOneRow)
}

fn open_case(
    connection: &Connection,
    seq: i64,
    new: &New,
    complaint: &NewComplaint,
    reference: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO complaints (seq, reference, secret, owner, reply_by_ms, state) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            seq,
            reference,
            complaint.secret,
            complaint.owner,
            complaint.reply_by.0,
            State::Received.as_str()
        ])?;
    let at_ms = new.received_at.0;
    append(
        connection,
        &NewEvent { submission_seq: seq, at_ms, actor: "customer", kind: "received", note: "" },
    )?;
    // A follow-up may overtake its complaint on the way.
    let early: i64 = connection
        .prepare_cached("SELECT count(*) FROM submissions WHERE about = ?")?
        .query_row([reference], |row| row.get(0))?;
    for _ in 0..early {
        append(
            connection,
            &NewEvent { submission_seq: seq, at_ms, actor: "customer", kind: "follow_up", note: "" },
        )?;
    }
    Ok(())
}

/// Notes a follow-up in the log of its complaint, and opens the complaint again when it is not put right yet.
fn attach(connection: &Connection, reference: &str, at: Timestamp, reopen: bool) -> rusqlite::Result<()> {
    let found: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, state FROM complaints WHERE reference = ?")?
        .query_row([reference], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((seq, state)) = found else { return Ok(()) };
    let event = NewEvent { submission_seq: seq, at_ms: at.0, actor: "customer", kind: "follow_up", note: "" };
    append(connection, &event)?;
    if reopen && State::parse(&state).is_some_and(State::answered) {
        set_state(connection, seq, State::Received)?;
        append(connection, &NewEvent { kind: "received", ..event })?;
    }
    Ok(())
}
