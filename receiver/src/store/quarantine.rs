//! What looks like spam, or came without the customer's key: stored and answered as everything else, listed apart until
//! somebody of the team has looked.

use domain::calendar::Timestamp;
use domain::submission::Body;
use domain::suspicion::Suspicion;

use super::database::Fault;
use super::listing::body_row;
use super::submissions::{About, attach};
use super::transaction::Transaction;
use super::{BodyRow, Store, StoreError};

/// Left out is what was erased, and what waits in quarantine.
pub(super) const SHOWN: &str = "s.erased_ms IS NULL AND NOT EXISTS (SELECT 1 FROM quarantine q \
                                WHERE q.submission_seq = s.seq AND q.released_ms IS NULL)";
/// Left out is what came without the customer's key, until somebody has said that it is theirs.
pub(super) const PROVEN: &str = "NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.submission_seq = s.seq \
                                 AND q.released_ms IS NULL AND q.reasons LIKE '%without the key%')";

/// A submission that waits apart.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// Its number.
    pub seq: i64,
    /// Why it waits: the names of its suspicions.
    pub reasons: String,
    /// The submission as it arrived.
    pub row: BodyRow,
}

pub(super) fn put(
    transaction: &mut Transaction<'_>,
    seq: i64,
    suspicions: &[Suspicion],
) -> Result<(), Fault> {
    let names: Vec<&str> = suspicions.iter().map(|suspicion| suspicion.as_str()).collect();
    transaction.execute(
        "INSERT INTO quarantine (submission_seq, reasons) VALUES ($1, $2)",
        &[seq.into(), names.join(", ").as_str().into()],
    )
}

impl Store {
    /// What waits apart, newest first.
    pub async fn suspects(&self, limit: u32) -> Result<Vec<Suspect>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let rows = transaction.query(
                "SELECT s.received_ms, s.body, s.seq, q.reasons FROM quarantine q \
                 JOIN submissions s ON s.seq = q.submission_seq \
                 WHERE q.released_ms IS NULL AND s.erased_ms IS NULL ORDER BY q.submission_seq DESC LIMIT $1",
                &[i64::from(limit).into()],
            )?;
            let suspect =
                |row| Ok(Suspect { seq: row_seq(row)?, reasons: row_reasons(row)?, row: body_row(row)? });
            rows.iter().map(suspect).collect()
        });
        read.await
    }

    /// Puts a submission among the others. A follow-up that came without the customer's key counts as theirs from now on,
    /// and opens its complaint again where it says so, with an answer promised by then. False when it does not wait apart.
    pub async fn release(&self, seq: i64, at: Timestamp, reopen_by: Timestamp) -> Result<bool, StoreError> {
        let write = self.writer.call(64, move |transaction| {
            let released = transaction.first(
                "UPDATE quarantine SET released_ms = $1 WHERE submission_seq = $2 AND released_ms IS NULL \
                 RETURNING reasons",
                &[at.0.into(), seq.into()],
            )?;
            let Some(released) = released else { return Ok(false) };
            if released.text(0)?.contains(Suspicion::WithoutKey.as_str()) {
                take_up(transaction, seq, at, reopen_by)?;
            }
            Ok(true)
        });
        write.await
    }
}

fn take_up(
    transaction: &mut Transaction<'_>,
    seq: i64,
    at: Timestamp,
    reopen_by: Timestamp,
) -> Result<(), Fault> {
    let sql = "SELECT about, body FROM submissions WHERE seq = $1 AND erased_ms IS NULL";
    let Some(found) = transaction.first(sql, &[seq.into()])? else { return Ok(()) };
    let Some(reference) = found.maybe_text(0)? else { return Ok(()) };
    let again = match crate::submissions::parse(&found.bytes(1)?).map(|submission| submission.body) {
        Ok(Body::FollowUp(said)) => said.put_right == Some(false),
        Ok(Body::Rating(_) | Body::Feedback(_) | Body::Complaint(_) | Body::Signal(_)) | Err(_) => false,
    };
    let about = About { reference, reopen_by: again.then_some(reopen_by), proven: true };
    attach(transaction, &about, at, "company")
}

fn row_seq(row: &super::Row) -> Result<i64, Fault> {
    row.int(2)
}

fn row_reasons(row: &super::Row) -> Result<String, Fault> {
    row.text(3)
}
