//! Where complaints stand, and what happened to each.

use domain::calendar::Timestamp;
use domain::status::{Report, Update};

use super::database::{Fault, Row};
use super::events::{NewEvent, REOPENED};
use super::listing::body_row;
use super::quarantine::{PROVEN, SHOWN};
use super::transaction::Transaction;
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
    /// The submission as it arrived; nothing once it was erased.
    pub body: Vec<u8>,
    /// When it was erased.
    pub erased_at: Option<Timestamp>,
}

/// An entry of the event log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// `customer` or `company`.
    pub actor: String,
    /// The state from then on, `reopened`, `follow_up` or `erased`.
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
    /// How many more there are that came without the customer's key, and wait for somebody to look.
    pub unproven: i64,
}

/// What the status endpoint needs.
#[derive(Clone, Debug)]
pub struct StatusRow {
    /// What has to be given.
    pub secret: String,
    /// What may be said then.
    pub report: Report,
}

/// Complaints that are read at once while some are looked for.
const PAGE: i64 = 200;
const CASE: &str = "SELECT c.seq, c.reference, c.owner, c.reply_by_ms, c.state, s.received_ms, s.body, s.erased_ms \
                    FROM complaints c JOIN submissions s ON s.seq = c.seq";

fn case(row: &Row) -> Result<CaseRow, Fault> {
    Ok(CaseRow {
        seq: row.int(0)?,
        reference: row.text(1)?,
        owner: row.text(2)?,
        reply_by: Timestamp(row.int(3)?),
        state: State::parse(&row.text(4)?).unwrap_or(State::Received),
        received_at: Timestamp(row.int(5)?),
        body: row.bytes(6)?,
        erased_at: row.maybe_int(7)?.map(Timestamp),
    })
}

fn entries(transaction: &mut Transaction<'_>, seq: i64) -> Result<Vec<Entry>, Fault> {
    let rows = transaction.query(
        "SELECT at_ms, actor, type, note FROM events WHERE submission_seq = $1 ORDER BY seq",
        &[seq.into()],
    )?;
    let entry = |row: &Row| {
        Ok(Entry { at: Timestamp(row.int(0)?), actor: row.text(1)?, kind: row.text(2)?, note: row.text(3)? })
    };
    rows.iter().map(entry).collect()
}

pub(super) fn set_state(transaction: &mut Transaction<'_>, seq: i64, state: State) -> Result<(), Fault> {
    transaction
        .execute("UPDATE complaints SET state = $1 WHERE seq = $2", &[state.as_str().into(), seq.into()])
}

fn find(transaction: &mut Transaction<'_>, reference: &str) -> Result<Option<CaseRow>, Fault> {
    let found = transaction.first(&format!("{CASE} WHERE c.reference = $1"), &[reference.into()])?;
    found.as_ref().map(case).transpose()
}

fn status(transaction: &mut Transaction<'_>, reference: &str) -> Result<Option<StatusRow>, Fault> {
    let Some(found) = find(transaction, reference)? else { return Ok(None) };
    let secret = transaction.first("SELECT secret FROM complaints WHERE seq = $1", &[found.seq.into()])?;
    let secret = secret.map(|row| row.text(0)).transpose()?.unwrap_or_default();
    let updates = entries(transaction, found.seq)?
        .into_iter()
        .filter_map(|entry| {
            // The widget knows states only.
            let kind = if entry.kind == REOPENED { State::Received.as_str() } else { &entry.kind };
            Some(Update { at: entry.at, state: State::parse(kind)?, note: entry.note })
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
            format!("{CASE} WHERE c.state IN ('decided', 'closed') AND {SHOWN} ORDER BY c.seq DESC LIMIT $1")
        } else {
            format!(
                "{CASE} WHERE c.state NOT IN ('decided', 'closed') AND {SHOWN} \
                 ORDER BY c.reply_by_ms, c.seq LIMIT $1"
            )
        };
        let read = self.reader.call(0, move |transaction| {
            transaction.query(&sql, &[i64::from(limit).into()])?.iter().map(case).collect()
        });
        read.await
    }

    /// Of the complaints without an answer that come after so many by promised date, the first that are wanted: however
    /// many wait, one that is urgent is seen.
    pub async fn complaints_beyond(
        &self,
        skipped: u32,
        limit: usize,
        is_wanted: fn(&[u8]) -> bool,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let sql = format!(
            "{CASE} WHERE c.state NOT IN ('decided', 'closed') AND {SHOWN} \
             ORDER BY c.reply_by_ms, c.seq LIMIT $1 OFFSET $2"
        );
        let read = self.reader.call(0, move |transaction| {
            let mut found = Vec::new();
            let mut passed = i64::from(skipped);
            loop {
                // So many at a time: bodies are long.
                let rows = transaction.query(&sql, &[PAGE.into(), passed.into()])?;
                let more = rows.len() as i64 == PAGE;
                passed += PAGE;
                for row in rows.iter().map(case) {
                    found.extend(Some(row?).filter(|row| is_wanted(&row.body)));
                }
                if !more || found.len() >= limit {
                    found.truncate(limit);
                    return Ok(found);
                }
            }
        });
        read.await
    }

    /// One complaint, what happened to it, and the follow-ups about it.
    pub async fn complaint(&self, reference: String) -> Result<Option<Case>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let Some(row) = find(transaction, &reference)? else { return Ok(None) };
            let log = entries(transaction, row.seq)?;
            let sql = format!(
                "SELECT s.received_ms, s.body FROM submissions s \
                 WHERE s.about = $1 AND s.erased_ms IS NULL AND {PROVEN} ORDER BY s.seq"
            );
            let follow_ups = transaction.query(&sql, &[(&reference).into()])?;
            let follow_ups = follow_ups.iter().map(body_row).collect::<Result<_, _>>()?;
            let unproven = transaction.number(
                &format!(
                    "SELECT count(*) FROM submissions s \
                     WHERE s.about = $1 AND s.erased_ms IS NULL AND NOT {PROVEN}"
                ),
                &[(&reference).into()],
            )?;
            Ok(Some(Case { row, log, follow_ups, unproven }))
        });
        read.await
    }

    /// Sets the state of a complaint, with a note for the customer. False when there is no such complaint, or no more: nobody
    /// would read the note.
    pub async fn advance(
        &self,
        reference: String,
        state: State,
        note: String,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let write = self.writer.call(1_024, move |transaction| {
            let found = find(transaction, &reference)?.filter(|found| found.erased_at.is_none());
            let Some(found) = found else { return Ok(false) };
            set_state(transaction, found.seq, state)?;
            transaction.append(NewEvent {
                submission_seq: found.seq,
                at_ms: at.0,
                actor: "company",
                kind: state.as_str().to_owned(),
                note: note.clone(),
            });
            Ok(true)
        });
        write.await
    }

    /// What the status endpoint may say, to whom it may say it.
    pub async fn status(&self, reference: String) -> Result<Option<StatusRow>, StoreError> {
        self.reader.call(0, move |transaction| status(transaction, &reference)).await
    }

    /// The key of a complaint, empty once it was erased.
    pub async fn secret(&self, reference: String) -> Result<Option<String>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let sql = "SELECT secret FROM complaints WHERE reference = $1";
            transaction.first(sql, &[(&reference).into()])?.map(|row| row.text(0)).transpose()
        });
        read.await
    }

    /// The number of the first event whose seal is broken.
    pub async fn broken_event(&self) -> Result<Option<i64>, StoreError> {
        self.reader.call(0, |transaction| transaction.check_log().map(|(_, broken)| broken)).await
    }
}
