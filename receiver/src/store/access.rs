//! The register's token and who is signed in. Only hashes are kept.

use domain::calendar::Timestamp;

use super::{Store, StoreError};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// What each of their forms carries.
    pub csrf: String,
}

impl Store {
    /// The hash of the register's token, if one was made.
    pub async fn token_hash(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let read = self.reader.call(0, |transaction| {
            let found = transaction.first("SELECT sha256 FROM register_token", &[])?;
            found.map(|row| row.bytes(0)).transpose()
        });
        read.await
    }

    /// Sets the register's token; everybody has to sign in again.
    pub async fn set_token_hash(&self, sha256: Vec<u8>) -> Result<(), StoreError> {
        let write = self.writer.call(64, move |transaction| {
            transaction.execute(
                "INSERT INTO register_token (only_row, sha256) VALUES (1, $1) \
                 ON CONFLICT (only_row) DO UPDATE SET sha256 = excluded.sha256",
                &[(&sha256).into()],
            )?;
            transaction.execute("DELETE FROM sessions", &[])
        });
        write.await
    }

    /// Signs somebody in.
    pub async fn begin_session(
        &self,
        sha256: Vec<u8>,
        csrf: String,
        now: Timestamp,
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let write = self.writer.call(128, move |transaction| {
            transaction.execute("DELETE FROM sessions WHERE ends_ms <= $1", &[now.0.into()])?;
            transaction.execute(
                "INSERT INTO sessions (sha256, csrf, ends_ms) VALUES ($1, $2, $3)",
                &[(&sha256).into(), (&csrf).into(), ends.0.into()],
            )
        });
        write.await
    }

    /// Who has this session, if it has not ended.
    pub async fn session(&self, sha256: Vec<u8>, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let found = transaction.first(
                "SELECT csrf FROM sessions WHERE sha256 = $1 AND ends_ms > $2",
                &[(&sha256).into(), now.0.into()],
            )?;
            found.map(|row| row.text(0).map(|csrf| Session { csrf })).transpose()
        });
        read.await
    }

    /// Signs somebody out.
    pub async fn end_session(&self, sha256: Vec<u8>) -> Result<(), StoreError> {
        let write = self.writer.call(64, move |transaction| {
            transaction.execute("DELETE FROM sessions WHERE sha256 = $1", &[(&sha256).into()])
        });
        write.await
    }
}
