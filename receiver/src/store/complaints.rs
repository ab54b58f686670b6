//! Where complaints stand, and what happened to each.

use domain::calendar::Timestamp;
use domain::status::{Report, Update};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::events::{self, NewEvent, append};
use super::{BodyRow, Store, StoreError};

pub use domain::status::State;

/// A complaint in the register.
#[derive(Clone, Debug)]
pub struct CaseRow {
    /// Order of arrival.
    pub seq: i64,
    /// What the customer quotes.
    pub reference: String,
    /// Who looks after it.
    pub owner: String,
    /// When the answer is promised.
    pub reply_by: Timestamp,
    /// How far it is.
    pub state: State,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The submission as it arrived.
    pub body: Vec<u8>,
}

/// An entry of the event log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// `customer` or `company`.
    pub actor: String,
    /// The state from then on, or `follow_up`.
    pub kind: String,
    /// What the customer may read.
    pub note: String,
}

/// A complaint with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The complaint.
    pub row: CaseRow,
    /// What happened to it, oldest first.
    pub log: Vec<Entry>,
    /// What the customer said later, oldest first.
    pub follow_ups: Vec<BodyRow>,
}

/// What the status endpoint needs.
#[derive(Clone, Debug)]
pub struct StatusRow {
    /// What has to be given.
    pub secret: String,
    /// What may be said then.
    pub report: Report,
}

const CASE: &str = "SELECT c.seq, c.reference, c.owner, c.reply_by_ms, c.state, s.received_ms, s.body \
                    FROM complaints c JOIN submissions s ON s.seq = c.seq";

fn case(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    let state: String = row.get(4)?;
    Ok(CaseRow {
        seq: row.get(0)?,
        reference: row.get(1)?,
        owner: row.get(2)?,
        reply_by: Timestamp(row.get(3)?),
        state: State::parse(&state).unwrap_or(State::Received),
        received_at: Timestamp(row.get(5)?),
        body: row.get(6)?,
    })
}

fn entries(connection: &Connection, seq: i64) -> rusqlite::Result<Vec<Entry>> {
    connection
        .prepare_cached("SELECT at_ms, actor, type, note FROM events WHERE submission_seq = ? ORDER BY seq")?
        .query_map([seq], |row| {
            Ok(Entry { at: Timestamp(row.get(0)?), actor: row.get(1)?, kind: row.get(2)?, note: row.get(3)? })
        })?
        .collect()
}

pub(super) fn set_state(connection: &Connection, seq: i64, state: State) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE complaints SET state = ? WHERE seq = ?")?
        .execute(params![state.as_str(), seq])
        .map(drop)
}

fn find(connection: &Connection, reference: &str) -> rusqlite::Result<Option<CaseRow>> {
    connection
        .prepare_cached(&format!("{CASE} WHERE c.reference = ?"))?
        .query_row([reference], case)
        .optional()
}

fn status(connection: &Connection, reference: &str) -> rusqlite::Result<Option<StatusRow>> {
    let Some(found) = find(connection, reference)? else { return Ok(None) };
    let secret =
        connection.query_row("SELECT secret FROM complaints WHERE seq = ?", [found.seq], |row| row.get(0))?;
    let updates = entries(connection, found.seq)?
        .into_iter()
        .filter_map(|entry| {
            Some(Update { at: entry.at, state: State::parse(&entry.kind)?, note: entry.note })
        })
        .collect();
    let report = Report {
        reference: found.reference,
        state: Some(found.state),
        received_at: Some(found.received_at),
        reply_by: Some(found.reply_by),
        owner: (!found.owner.is_empty()).then_some(found.owner),
        updates,
    };
    Ok(Some(StatusRow { secret, report }))
}

impl Store {
    /// Complaints for the register: those without an answer by promised date, then the answered ones, newest first.
    pub async fn complaints(&self, answered: bool, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
        let sql = if answered {
            format!("{CASE} WHERE c.state IN ('decided', 'closed') ORDER BY c.seq DESC LIMIT ?")
        } else {
            format!("{CASE} WHERE c.state NOT IN ('decided', 'closed') ORDER BY c.reply_by_ms, c.seq LIMIT ?")
        };
        let work = move |connection: &Connection| {
            connection.prepare_cached(&sql)?.query_map([limit], case)?.collect()
        };
        self.reader.call(0, work).await
    }

    /// One complaint, what happened to it, and the follow-ups about it.
    pub async fn complaint(&self, reference: String) -> Result<Option<Case>, StoreError> {
        let work = move |connection: &Connection| {
            let Some(row) = find(connection, &reference)? else { return Ok(None) };
            let log = entries(connection, row.seq)?;
            let follow_ups = connection
                .prepare_cached("SELECT received_ms, body FROM submissions WHERE about = ? ORDER BY seq")?
                .query_map([&reference], |row| {
                    Ok(BodyRow { received_at: Timestamp(row.get(0)?), body: row.get(1)? })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some(Case { row, log, follow_ups }))
        };
        self.reader.call(0, work).await
    }

    /// Sets the state of a complaint, with a note for the customer. False when there is no such complaint.
    pub async fn advance(
        &self,
        reference: String,
        state: State,
        note: String,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let work = move |connection: &Connection| {
            let Some(found) = find(connection, &reference)? else { return Ok(false) };
            set_state(connection, found.seq, state)?;
            let event = NewEvent {
                submission_seq: found.seq,
                at_ms: at.0,
                actor: "company",
                kind: state.as_str(),
                note: &note,
            };
            append(connection, &event)?;
            Ok(true)
        };
        self.writer.call(1_024, work).await
    }

    /// What the status endpoint may say, to whom it may say it.
    pub async fn status(&self, reference: String) -> Result<Option<StatusRow>, StoreError> {
        self.reader.call(0, move |connection| status(connection, &reference)).await
    }

    /// The number of the first event whose seal is broken.
    pub async fn broken_event(&self) -> Result<Option<i64>, StoreError> {
        self.reader.call(0, events::first_broken).await
    }
}
