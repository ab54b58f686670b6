//! A file is put: flushed before its 2xx, once, as it was announced. A large one goes in parts, each in a transaction of its
//! own, so that whoever hands in words meanwhile waits for one part at most; and it goes when nobody else is in line.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::calendar::Timestamp;
use sha2::{Digest, Sha256};
use tokio::time::{Instant, sleep};

use super::database::{Fault, Value};
use super::transaction::Transaction;
use super::{Store, StoreError};

/// Bytes of one part. A file that is no longer goes as a whole.
pub const PART_BYTES: usize = 256 << 10;
/// How long a part waits before it asks again, when others are in line before the writer; and for how long it asks. Then
/// the file is turned away and comes again: what is there of it by then need not be written twice.
const GIVE_WAY: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of a file that was put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is on the disk.
    Stored,
    /// It was there already.
    Repeated,
    /// Other bytes are there under its id; nothing was changed.
    Different,
    /// It was erased, and nothing is kept of it any more.
    Erased,
}

/// A file that is being put.
#[derive(Clone)]
struct Putting {
    seq: i64,
    body: Bytes,
    sha256: Arc<Vec<u8>>,
    at: Timestamp,
}

impl Store {
    /// Stores a file that was announced. `Ok(Stored)` means that it is on the disk.
    pub async fn put_file(&self, seq: i64, body: Vec<u8>, at: Timestamp) -> Result<Put, StoreError> {
        let sha256 = Arc::new(hash(&body).await);
        let file = Putting { seq, body: Bytes::from(body), sha256, at };
        let _turn = self.one_file.acquire().await.map_err(|_| StoreError::Gone)?;
        let length = file.body.len();
        if length <= PART_BYTES {
            let write = self.writer.call(length + 1_024, move |transaction| file.whole(transaction));
            return write.await;
        }
        let asks_until = Instant::now() + PATIENCE;
        let mut begins = 0;
        while begins < length {
            let part = begins..(begins + PART_BYTES).min(length);
            let (file, range) = (file.clone(), part.clone());
            let write = move |transaction: &mut Transaction<'_>| file.part(transaction, range.clone());
            match self.writer.call(part.len() + 1_024, write).await {
                Ok(None) => begins = part.end,
                Ok(Some(outcome)) => return Ok(outcome),
                Err(StoreError::Busy) if Instant::now() < asks_until => sleep(GIVE_WAY).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Refused("the last part ended nothing".to_owned()))
    }
}

/// The hash of a file, with a pause for others now and then: there are few threads.
async fn hash(body: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in body.chunks(PART_BYTES) {
        hasher.update(part);
        tokio::task::yield_now().await;
    }
    hasher.finalize().to_vec()
}

impl Putting {
    /// What became of it already. Held until the transaction ends: an erasure comes before this or after it, and takes
    /// everything along that is there by then.
    fn before(&self, transaction: &mut Transaction<'_>) -> Result<Option<Put>, Fault> {
        let holding = transaction.holding();
        let sql =
            format!("SELECT received_ms, erased_ms, body_sha256 FROM attachments WHERE seq = $1{holding}");
        let known = transaction.first(&sql, &[self.seq.into()])?;
        let known = known.ok_or_else(|| Fault::Again("the row has gone".to_owned()))?;
        if known.maybe_int(1)?.is_some() {
            return Ok(Some(Put::Erased));
        }
        if known.maybe_int(0)?.is_none() {
            return Ok(None);
        }
        Ok(Some(if known.bytes(2)? == *self.sha256 { Put::Repeated } else { Put::Different }))
    }

    /// It has come: with these bytes in its row, or with its parts.
    fn came(&self, transaction: &mut Transaction<'_>, body: Bytes) -> Result<Put, Fault> {
        let stored = transaction.first(
            "UPDATE attachments SET received_ms = $1, body_sha256 = $2, body = $3 \
             WHERE seq = $4 AND received_ms IS NULL AND erased_ms IS NULL RETURNING seq",
            &[self.at.0.into(), self.sha256.as_ref().into(), Value::Bytes(body), self.seq.into()],
        )?;
        stored.map(|_| Put::Stored).ok_or_else(|| Fault::Again("somebody else was faster".to_owned()))
    }

    fn whole(&self, transaction: &mut Transaction<'_>) -> Result<Put, Fault> {
        match self.before(transaction)? {
            Some(outcome) => Ok(outcome),
            None => self.came(transaction, self.body.clone()),
        }
    }

    /// Writes a part, unless an earlier try has. The last one makes a file of them.
    fn part(&self, transaction: &mut Transaction<'_>, part: Range<usize>) -> Result<Option<Put>, Fault> {
        if let Some(outcome) = self.before(transaction)? {
            return Ok(Some(outcome));
        }
        let (seq, sha256) = (Value::from(self.seq), Value::from(self.sha256.as_ref()));
        if part.start == 0 {
            // What is left of a try with other bytes.
            let others = "DELETE FROM attachment_parts WHERE attachment_seq = $1 AND of_sha256 <> $2";
            transaction.execute(others, &[seq.clone(), sha256.clone()])?;
        }
        let number = i64::try_from(part.start / PART_BYTES).unwrap_or(i64::MAX);
        let is_last = part.end == self.body.len();
        transaction.execute(
            "INSERT INTO attachment_parts (attachment_seq, of_sha256, part, body) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (attachment_seq, of_sha256, part) DO NOTHING",
            &[seq.clone(), sha256.clone(), number.into(), Value::Bytes(self.body.slice(part))],
        )?;
        if !is_last {
            return Ok(None);
        }
        let there = "SELECT count(*), coalesce(sum(length(body)), 0) FROM attachment_parts \
                     WHERE attachment_seq = $1 AND of_sha256 = $2";
        let there = transaction.first(there, &[seq, sha256])?;
        let there = there.map(|row| Ok::<_, Fault>((row.int(0)?, row.int(1)?))).transpose()?;
        if there != Some((number + 1, i64::try_from(self.body.len()).unwrap_or(i64::MAX))) {
            // Another receiver had other bytes under way; whoever comes again finds out who was first.
            return Err(Fault::Refused("parts of the file have gone".to_owned()));
        }
        self.came(transaction, Bytes::new()).map(Some)
    }
}
