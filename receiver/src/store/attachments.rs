//! The files of complaints: announced in the transaction that stores the complaint, filled in once each, erased with it.

use domain::attachment::Attachment;
use domain::calendar::Timestamp;

use super::database::{Fault, Row};
use super::transaction::Transaction;
use super::{Store, StoreError};
use crate::secrets;

/// What is announced with a complaint.
#[derive(Clone, Debug)]
pub struct NewFiles {
    /// The files, in the customer's order.
    pub files: Vec<Attachment>,
    /// What only the receipt carries.
    pub secret: String,
    /// Where they may be put, up to the secret; `{id}` stands for a file's id.
    pub upload_base: String,
}

/// A file as it was announced, for whoever wants to put it.
#[derive(Clone, Debug)]
pub struct Announced {
    /// Its number.
    pub seq: i64,
    /// What it is.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// The site that its submission came from.
    pub site: String,
    /// It has come already.
    pub stored: bool,
    /// Its customer, or the company, had everything erased.
    pub erased: bool,
}

/// A file as the register lists it.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Its number.
    pub seq: i64,
    /// Its name on the customer's device.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// When it came; until then only its name is here.
    pub received_at: Option<Timestamp>,
}

/// A whole file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// The file itself.
    pub body: Vec<u8>,
}

/// The parts of a file that came in parts, in their order.
const PARTS: &str =
    "SELECT body FROM attachment_parts WHERE attachment_seq = $1 AND of_sha256 = $2 ORDER BY part";

/// Announces the files of a submission.
pub(super) fn announce(transaction: &mut Transaction<'_>, seq: i64, new: &NewFiles) -> Result<(), Fault> {
    let secret = secrets::hash(new.secret.as_bytes());
    for file in &new.files {
        transaction.execute(
            "INSERT INTO attachments (submission_seq, id, name, type, bytes, secret_sha256) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                seq.into(),
                file.id.as_str().into(),
                (&file.name).into(),
                file.media_type.as_str().into(),
                i64::try_from(file.bytes).unwrap_or(i64::MAX).into(),
                (&secret).into(),
            ],
        )?;
    }
    Ok(())
}

/// Erases the files of a submission.
pub(super) fn erase(transaction: &mut Transaction<'_>, seq: i64, at: Timestamp) -> Result<(), Fault> {
    let nothing: &[u8] = &[];
    transaction.execute(
        "UPDATE attachments SET body = $1, name = '', erased_ms = $2 WHERE submission_seq = $3 AND erased_ms IS NULL",
        &[nothing.into(), at.0.into(), seq.into()],
    )?;
    // Also those of a try that was never finished.
    transaction.execute(
        "DELETE FROM attachment_parts WHERE attachment_seq IN (SELECT seq FROM attachments WHERE submission_seq = $1)",
        &[seq.into()],
    )
}

fn length(row: &Row, at: usize) -> Result<u64, Fault> {
    Ok(u64::try_from(row.int(at)?).unwrap_or_default())
}

impl Store {
    /// The file that may be put under this id, for whoever has its secret.
    pub async fn announced(
        &self,
        submission: String,
        id: String,
        secret: String,
    ) -> Result<Option<Announced>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let found = transaction.first(
                "SELECT a.seq, a.type, a.bytes, a.erased_ms, a.secret_sha256, s.site, a.received_ms FROM attachments a \
                 JOIN submissions s ON s.seq = a.submission_seq WHERE s.id = $1 AND a.id = $2",
                &[(&submission).into(), (&id).into()],
            )?;
            // The comparison is made in any case, so that the time does not tell whether the file is expected.
            let known = found.as_ref().map(|row| row.bytes(4)).transpose()?.unwrap_or_default();
            let fits = secrets::same(&known, &secrets::hash(secret.as_bytes()));
            let Some(row) = found.filter(|_| fits) else { return Ok(None) };
            Ok(Some(Announced {
                seq: row.int(0)?,
                media_type: row.text(1)?,
                bytes: length(&row, 2)?,
                site: row.text(5)?,
                stored: row.maybe_int(6)?.is_some(),
                erased: row.maybe_int(3)?.is_some(),
            }))
        });
        read.await
    }

    /// The files of a complaint, in the customer's order.
    pub async fn files(&self, submission_seq: i64) -> Result<Vec<FileRow>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let rows = transaction.query(
                "SELECT seq, name, bytes, received_ms FROM attachments \
                 WHERE submission_seq = $1 AND erased_ms IS NULL ORDER BY seq",
                &[submission_seq.into()],
            )?;
            let file = |row: &Row| {
                let received_at = row.maybe_int(3)?.map(Timestamp);
                Ok(FileRow { seq: row.int(0)?, name: row.text(1)?, bytes: length(row, 2)?, received_at })
            };
            rows.iter().map(file).collect()
        });
        read.await
    }

    /// A whole file; `None` when it has not come, or is no more.
    pub async fn file(&self, seq: i64) -> Result<Option<File>, StoreError> {
        let read = self.reader.call(0, move |transaction| {
            let found = transaction.first(
                "SELECT name, type, body, body_sha256 FROM attachments \
                 WHERE seq = $1 AND received_ms IS NOT NULL AND erased_ms IS NULL",
                &[seq.into()],
            )?;
            let Some(row) = found else { return Ok(None) };
            let mut body = row.bytes(2)?;
            for part in transaction.query(PARTS, &[seq.into(), (&row.bytes(3)?).into()])? {
                body.append(&mut part.bytes(0)?);
            }
            Ok(Some(File { name: row.text(0)?, media_type: row.text(1)?, body }))
        });
        read.await
    }
}
