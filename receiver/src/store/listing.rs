//! Lists for the register: bodies as they arrived, newest first. What was replaced by a later submission is left out.

use domain::calendar::Timestamp;
use domain::submission::Kind;
use rusqlite::Connection;

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
}

/// Left out is what a later submission replaces; two that claim to replace each other both stay.
const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM submissions later WHERE later.supersedes = s.id \
                      AND later.kind = s.kind AND later.id <> s.id AND s.supersedes IS NOT later.id)";

impl Store {
    /// Submissions of a kind, newest first.
    pub async fn bodies(&self, kind: Kind, limit: u32) -> Result<Vec<BodyRow>, StoreError> {
        let sql = format!(
            "SELECT s.received_ms, s.body FROM submissions s WHERE s.kind = ? AND {NEWEST} ORDER BY s.seq DESC LIMIT ?"
        );
        let work = move |connection: &Connection| {
            connection
                .prepare_cached(&sql)?
                .query_map((kind.as_str(), limit), |row| {
                    Ok(BodyRow { received_at: Timestamp(row.get(0)?), body: row.get(1)? })
                })?
                .collect()
        };
        self.reader.call(0, work).await
    }

    /// Follow-ups whose reference no complaint has: nothing that was said may get out of sight.
    pub async fn stray_follow_ups(&self, limit: u32) -> Result<Vec<BodyRow>, StoreError> {
        let work = move |connection: &Connection| {
            connection
                .prepare_cached(
                    "SELECT received_ms, body FROM submissions WHERE about IS NOT NULL \
                     AND about NOT IN (SELECT reference FROM complaints) ORDER BY seq DESC LIMIT ?",
                )?
                .query_map([limit], |row| {
                    Ok(BodyRow { received_at: Timestamp(row.get(0)?), body: row.get(1)? })
                })?
                .collect()
        };
        self.reader.call(0, work).await
    }

    /// How many of each kind are there.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let work = |connection: &Connection| {
            let count = |sql: &str| connection.prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0));
            Ok(Counts {
                open: count("SELECT count(*) FROM complaints WHERE state NOT IN ('decided', 'closed')")?,
                ratings: count(&format!(
                    "SELECT count(*) FROM submissions s WHERE s.kind = 'rating' AND {NEWEST}"
                ))?,
                feedback: count("SELECT count(*) FROM submissions WHERE kind = 'feedback'")?,
                signals: count("SELECT count(*) FROM submissions WHERE kind = 'signal'")?,
            })
        };
        self.reader.call(0, work).await
    }
}
