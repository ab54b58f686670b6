//! Lists for the register: bodies as they arrived, newest first. What was replaced by a later submission is left out.

use domain::calendar::Timestamp;
use domain::submission::Kind;

use super::database::{Fault, Row};
use super::quarantine::{PROVEN, SHOWN};
use super::{Store, StoreError};

/// A submission as it arrived.
#[derive(Clone, Debug)]
pub struct BodyRow {
    /// When.
    pub received_at: Timestamp,
    /// The bytes.
    pub body: Vec<u8>,
}

/// How many of each kind are there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Complaints without an answer.
    pub open: i64,
    /// Ratings, replaced ones left out.
    pub ratings: i64,
    /// Feedback.
    pub feedback: i64,
    /// Signals.
    pub signals: i64,
    /// What looks like spam and waits for somebody to look.
    pub suspects: i64,
    /// Those of them that are complaints without an answer: each has its promised date.
    pub hidden: i64,
}

/// Left out is what a later submission replaces; two that claim to replace each other both stay. What waits in quarantine
/// replaces nothing yet: otherwise neither of the two would be seen. What was erased still does: the customer wanted the
/// earlier one gone.
const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM submissions later WHERE later.supersedes = s.id \
                      AND later.kind = s.kind AND later.id <> s.id AND s.supersedes IS DISTINCT FROM later.id \
                      AND NOT EXISTS (SELECT 1 FROM quarantine held \
                      WHERE held.submission_seq = later.seq AND held.released_ms IS NULL))";

pub(super) fn body_row(row: &Row) -> Result<BodyRow, Fault> {
    Ok(BodyRow { received_at: Timestamp(row.int(0)?), body: row.bytes(1)? })
}

impl Store {
    /// Submissions of a kind, newest first.
    pub async fn bodies(&self, kind: Kind, limit: u32) -> Result<Vec<BodyRow>, StoreError> {
        let sql = format!(
            "SELECT s.received_ms, s.body FROM submissions s WHERE s.kind = $1 AND {SHOWN} AND {NEWEST} \
             ORDER BY s.seq DESC LIMIT $2"
        );
        let read = self.reader.call(0, move |transaction| {
            let rows = transaction.query(&sql, &[kind.as_str().into(), i64::from(limit).into()])?;
            rows.iter().map(body_row).collect()
        });
        read.await
    }

    /// Follow-ups whose reference no complaint has: nothing that was said may get out of sight.
    pub async fn stray_follow_ups(&self, limit: u32) -> Result<Vec<BodyRow>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let sql = format!(
                "SELECT s.received_ms, s.body FROM submissions s \
                 WHERE s.about IS NOT NULL AND s.erased_ms IS NULL AND {PROVEN} \
                 AND s.about NOT IN (SELECT reference FROM complaints) ORDER BY s.seq DESC LIMIT $1"
            );
            let rows = transaction.query(&sql, &[i64::from(limit).into()])?;
            rows.iter().map(body_row).collect()
        });
        read.await
    }

    /// How many of each kind are there.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let of_kind = |kind: &str| {
            format!("SELECT count(*) FROM submissions s WHERE s.kind = '{kind}' AND {SHOWN} AND {NEWEST}")
        };
        let (ratings, feedback, signals) = (of_kind("rating"), of_kind("feedback"), of_kind("signal"));
        let open = format!(
            "SELECT count(*) FROM complaints c JOIN submissions s ON s.seq = c.seq \
             WHERE c.state NOT IN ('decided', 'closed') AND {SHOWN}"
        );
        let hidden = "SELECT count(*) FROM complaints c JOIN quarantine q ON q.submission_seq = c.seq \
                      JOIN submissions s ON s.seq = c.seq WHERE c.state NOT IN ('decided', 'closed') \
                      AND q.released_ms IS NULL AND s.erased_ms IS NULL";
        let read = self.reader.call(0, move |transaction| {
            Ok(Counts {
                open: transaction.number(&open, &[])?,
                ratings: transaction.number(&ratings, &[])?,
                feedback: transaction.number(&feedback, &[])?,
                signals: transaction.number(&signals, &[])?,
                suspects: transaction.number(
                    "SELECT count(*) FROM quarantine q JOIN submissions s ON s.seq = q.submission_seq \
                     WHERE q.released_ms IS NULL AND s.erased_ms IS NULL",
                    &[],
                )?,
                hidden: transaction.number(hidden, &[])?,
            })
        });
        read.await
    }
}
