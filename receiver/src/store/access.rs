//! The register's token and who is signed in. Only hashes are kept.

use domain::calendar::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

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
        let work = |connection: &Connection| {
            connection.query_row("SELECT sha256 FROM register_token", [], |row| row.get(0)).optional()
        };
        self.reader.call(0, work).await
    }

    /// Sets the register's token; everybody has to sign in again.
    pub async fn set_token_hash(&self, sha256: Vec<u8>) -> Result<(), StoreError> {
        let work = move |connection: &Connection| {
            connection.execute(
                "INSERT OR REPLACE INTO register_token (only_row, sha256) VALUES (1, ?)",
                [sha256],
            )?;
            connection.execute("DELETE FROM sessions", [])?;
            Ok(())
        };
        self.writer.call(64, work).await
    }

    /// Signs somebody in.
    pub async fn begin_session(
        &self,
        sha256: Vec<u8>,
        csrf: String,
        now: Timestamp,
        ends: Timestamp,
    ) -> Result<(), StoreError> {
        let work = move |connection: &Connection| {
            connection.execute("DELETE FROM sessions WHERE ends_ms <= ?", [now.0])?;
            connection.execute(
                "INSERT INTO sessions (sha256, csrf, ends_ms) VALUES (?, ?, ?)",
                params![sha256, csrf, ends.0],
            )?;
            Ok(())
        };
        self.writer.call(128, work).await
    }

    /// Who has this session, if it has not ended.
    pub async fn session(&self, sha256: Vec<u8>, now: Timestamp) -> Result<Option<Session>, StoreError> {
        let work = move |connection: &Connection| {
            connection
                .prepare_cached("SELECT csrf FROM sessions WHERE sha256 = ? AND ends_ms > ?")?
                .query_row(params![sha256, now.0], |row| Ok(Session { csrf: row.get(0)? }))
                .optional()
        };
        self.reader.call(0, work).await
    }

    /// Signs somebody out.
    pub async fn end_session(&self, sha256: Vec<u8>) -> Result<(), StoreError> {
        let work = move |connection: &Connection| {
            connection.execute("DELETE FROM sessions WHERE sha256 = ?", [sha256]).map(drop)
        };
        self.writer.call(64, work).await
    }
}
