//! What looks like spam: stored and answered as everything else, listed apart until somebody of the team has looked.

use domain::calendar::Timestamp;
use domain::suspicion::Suspicion;

use super::database::Fault;
use super::listing::body_row;
use super::transaction::Transaction;
use super::{BodyRow, Store, StoreError};

/// A submission that waits apart.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// Its number.
    pub seq: i64,
    /// Why it looks like spam.
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

    /// Puts a submission among the others. False when it does not wait apart.
    pub async fn release(&self, seq: i64, at: Timestamp) -> Result<bool, StoreError> {
        let write = self.writer.call(64, move |transaction| {
            let released = transaction.first(
                "UPDATE quarantine SET released_ms = $1 WHERE submission_seq = $2 AND released_ms IS NULL \
                 RETURNING submission_seq",
                &[at.0.into(), seq.into()],
            )?;
            Ok(released.is_some())
        });
        write.await
    }
}

fn row_seq(row: &super::Row) -> Result<i64, Fault> {
    row.int(2)
}

fn row_reasons(row: &super::Row) -> Result<String, Fault> {
    row.text(3)
}
