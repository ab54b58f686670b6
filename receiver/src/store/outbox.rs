//! What is still to be told to other programs of the company. A row comes with its submission in one transaction and
//! goes when its endpoint has answered; in between nothing, not even SIGKILL, takes it away.

use domain::calendar::Timestamp;

use super::database::{Fault, Row};
use super::export::open;
use super::opening::Target;
use super::transaction::Transaction;
use super::upkeep::UpkeepError;
use super::{Store, StoreError};

/// Something to be told now.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its number in the outbox.
    pub seq: i64,
    /// Tries so far.
    pub attempts: i64,
    /// Since when it has been waiting.
    pub since: Timestamp,
    /// Of the submission: id, kind, site, what it is about, when it arrived, the receipt of then.
    pub id: String,
    /// `complaint`, …
    pub kind: String,
    /// Origin of the page.
    pub site: String,
    /// The complaint that a follow-up is about.
    pub about: Option<String>,
    /// When it arrived.
    pub received_at: Timestamp,
    /// What was answered.
    pub receipt: String,
    /// The bytes as they arrived; none when they were erased.
    pub body: Vec<u8>,
    /// Its words were erased.
    pub erased: bool,
    /// It waits apart, as it looks like spam.
    pub quarantined: bool,
}

/// How much waits for an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Depth {
    /// The name of the webhook.
    pub endpoint: String,
    /// `waiting` or `dead`.
    pub state: String,
    /// How many.
    pub count: i64,
    /// Since when the oldest has been there.
    pub since: Timestamp,
}

/// One row of the outbox, for people.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The name of the webhook.
    pub endpoint: String,
    /// `waiting` or `dead`.
    pub state: String,
    /// The submission's id.
    pub id: String,
    /// `complaint`, …
    pub kind: String,
    /// Tries so far.
    pub attempts: i64,
    /// Since when it has been there.
    pub since: Timestamp,
    /// When it is due.
    pub next: Timestamp,
    /// What the last try came to.
    pub said: String,
}

pub(super) fn put(
    transaction: &mut Transaction<'_>,
    submission_seq: i64,
    endpoints: &[String],
    at: Timestamp,
) -> Result<(), Fault> {
    for endpoint in endpoints {
        transaction.execute(
            "INSERT INTO outbox (submission_seq, endpoint, since_ms, next_ms, attempts, state, said) \
             VALUES ($1, $2, $3, $4, 0, 'waiting', '')",
            &[submission_seq.into(), endpoint.into(), at.0.into(), at.0.into()],
        )?;
    }
    Ok(())
}

/// Takes some up. What another receiver takes up at this moment is passed over: waiting for it would hold up the
/// submissions of the same transaction.
fn claim(passing_over: &str) -> String {
    // First chosen, then changed: within the change, a plan might choose more than once.
    format!(
        "WITH taken AS (SELECT seq FROM outbox WHERE endpoint = $1 AND state = 'waiting' AND next_ms <= $2 \
         ORDER BY next_ms, seq LIMIT $3{passing_over}) \
         UPDATE outbox SET next_ms = $4 WHERE seq IN (SELECT seq FROM taken) RETURNING seq"
    )
}

const DUE: &str = "SELECT o.seq, o.attempts, o.since_ms, s.id, s.kind, s.site, s.about, s.received_ms, s.receipt, s.body, \
     s.erased_ms, q.submission_seq FROM outbox o JOIN submissions s ON s.seq = o.submission_seq \
     LEFT JOIN quarantine q ON q.submission_seq = s.seq AND q.released_ms IS NULL WHERE o.seq = $1";

impl Store {
    /// Takes up to so many that are due at this endpoint, for as long as a try may take: until `until` nobody else does.
    pub async fn take_up(
        &self,
        endpoint: String,
        now: Timestamp,
        until: Timestamp,
        most: usize,
    ) -> Result<Vec<Due>, StoreError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let write = self.writer.call(256, move |transaction| {
            let sql = claim(transaction.passing_over());
            let taken =
                transaction.query(&sql, &[(&endpoint).into(), now.0.into(), most.into(), until.0.into()])?;
            let mut all = Vec::new();
            for row in &taken {
                let found = transaction.first(DUE, &[row.int(0)?.into()])?;
                all.extend(found.as_ref().map(due).transpose()?);
            }
            Ok(all)
        });
        write.await
    }

    /// When something is due at this endpoint next.
    pub async fn due_next(&self, endpoint: String) -> Result<Option<Timestamp>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let sql = "SELECT next_ms FROM outbox WHERE endpoint = $1 AND state = 'waiting' ORDER BY next_ms LIMIT 1";
            let found = transaction.first(sql, &[(&endpoint).into()])?;
            found.map(|row| row.int(0).map(Timestamp)).transpose()
        });
        read.await
    }

    /// It was received there.
    pub async fn told(&self, seq: i64) -> Result<(), StoreError> {
        let write = self.writer.call(64, move |transaction| {
            transaction.execute("DELETE FROM outbox WHERE seq = $1", &[seq.into()])
        });
        write.await
    }

    /// It was not; it is tried again at `next`, or waits among the dead until somebody brings it back.
    pub async fn not_told(
        &self,
        seq: i64,
        attempts: i64,
        next: Option<Timestamp>,
        said: String,
    ) -> Result<(), StoreError> {
        let write = self.writer.call(256, move |transaction| {
            let state = if next.is_some() { "waiting" } else { "dead" };
            transaction.execute(
                "UPDATE outbox SET attempts = $1, next_ms = $2, state = $3, said = $4 WHERE seq = $5",
                &[
                    attempts.into(),
                    next.map_or(0, |next| next.0).into(),
                    state.into(),
                    (&said).into(),
                    seq.into(),
                ],
            )
        });
        write.await
    }

    /// The endpoint is well again: whatever waits for longer than until `from` is due at `at`.
    pub async fn hasten(&self, endpoint: String, from: Timestamp, at: Timestamp) -> Result<(), StoreError> {
        let write = self.writer.call(64, move |transaction| {
            transaction.execute(
                "UPDATE outbox SET next_ms = $1 WHERE endpoint = $2 AND state = 'waiting' AND next_ms > $3",
                &[at.0.into(), (&endpoint).into(), from.0.into()],
            )
        });
        write.await
    }

    /// How much waits where.
    pub async fn outbox(&self) -> Result<Vec<Depth>, StoreError> {
        let read = self.reader.call(0, |transaction| {
            let sql = "SELECT endpoint, state, count(*), min(since_ms) FROM outbox GROUP BY endpoint, state \
                       ORDER BY endpoint, state";
            transaction.query(sql, &[])?.iter().map(depth).collect()
        });
        read.await
    }
}

fn due(row: &Row) -> Result<Due, Fault> {
    Ok(Due {
        seq: row.int(0)?,
        attempts: row.int(1)?,
        since: Timestamp(row.int(2)?),
        id: row.text(3)?,
        kind: row.text(4)?,
        site: row.text(5)?,
        about: row.maybe_text(6)?,
        received_at: Timestamp(row.int(7)?),
        receipt: row.text(8)?,
        body: row.bytes(9)?,
        erased: row.maybe_int(10)?.is_some(),
        quarantined: row.maybe_int(11)?.is_some(),
    })
}

fn depth(row: &Row) -> Result<Depth, Fault> {
    Ok(Depth {
        endpoint: row.text(0)?,
        state: row.text(1)?,
        count: row.int(2)?,
        since: Timestamp(row.int(3)?),
    })
}

fn letter(row: &Row) -> Result<Letter, Fault> {
    Ok(Letter {
        endpoint: row.text(0)?,
        state: row.text(1)?,
        id: row.text(2)?,
        kind: row.text(3)?,
        attempts: row.int(4)?,
        since: Timestamp(row.int(5)?),
        next: Timestamp(row.int(6)?),
        said: row.text(7)?,
    })
}

/// Hands on what waits and what is dead, oldest first.
pub fn letters(target: &Target, each: &mut dyn FnMut(Letter)) -> Result<(), UpkeepError> {
    let mut database = open(target).map_err(UpkeepError::Open)?;
    let sql = "SELECT o.endpoint, o.state, s.id, s.kind, o.attempts, o.since_ms, o.next_ms, o.said FROM outbox o \
               JOIN submissions s ON s.seq = o.submission_seq ORDER BY o.seq";
    let mut outcome = Ok(());
    let read = database.each(sql, &[], &mut |row| {
        outcome = letter(&row).map(&mut *each);
        outcome.is_ok()
    });
    read.and(outcome).map_err(UpkeepError::Read)
}

/// Brings the dead of one endpoint, or of all, back: as if they had just come in. Answers how many.
pub fn replay(target: &Target, endpoint: Option<&str>, at: Timestamp) -> Result<usize, UpkeepError> {
    let mut database = open(target).map_err(UpkeepError::Open)?;
    let sql = "UPDATE outbox SET state = 'waiting', attempts = 0, since_ms = $1, next_ms = $2 \
               WHERE state = 'dead' AND ($3 = '' OR endpoint = $3) RETURNING seq";
    let mut run = || {
        database.begin()?;
        let rows = database.query(sql, &[at.0.into(), at.0.into(), endpoint.unwrap_or_default().into()])?;
        database.commit().map(|()| rows.len())
    };
    run().map_err(UpkeepError::Read)
}
