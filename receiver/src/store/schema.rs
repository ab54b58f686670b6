//! Opens the database: version of SQLite, settings that the promise rests on, migrations, a check of what is there.

use std::fmt;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// 3.51.3 is the first version without the WAL-reset bug, which could corrupt a database.
const SQLITE_VERSION_MIN: i32 = 3_051_003;
/// Marks our files, so that somebody else's database is never touched.
const APPLICATION_ID: i32 = 0x416c_4561;
/// Each once, in this order; `user_version` says how many were applied.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/1_submissions.sql")];

/// Why the database stays closed.
#[derive(Debug)]
pub enum OpenError {
    /// The file is out of reach.
    File(PathBuf, std::io::Error),
    /// SQLite refuses it.
    Sqlite(PathBuf, rusqlite::Error),
    /// It is somebody else's.
    Foreign(PathBuf),
    /// A newer version of this program wrote it.
    Newer(PathBuf),
    /// Its pages contradict each other.
    Damaged(PathBuf, String),
    /// This SQLite has a known fault.
    OldSqlite(&'static str),
    /// No thread could be started.
    Thread,
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => {
                write!(formatter, "the database {} is out of reach: {error}", path.display())
            }
            Self::Sqlite(path, error) => {
                write!(formatter, "the database {} does not open: {error}", path.display())
            }
            Self::Foreign(path) => {
                write!(
                    formatter,
                    "{} is the database of another program; choose another file",
                    path.display()
                )
            }
            Self::Newer(path) => {
                write!(
                    formatter,
                    "{} was written by a newer version of this program; update it",
                    path.display()
                )
            }
            Self::Damaged(path, report) => {
                write!(formatter, "the database {} is damaged: {report}; restore a copy", path.display())
            }
            Self::OldSqlite(version) => {
                write!(formatter, "SQLite {version} can corrupt a database; 3.51.3 or newer is needed")
            }
            Self::Thread => formatter.write_str("no thread could be started for the database"),
        }
    }
}

impl std::error::Error for OpenError {}

/// The connection that writes.
pub(super) fn open(path: &Path) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < SQLITE_VERSION_MIN {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    make_file(path).map_err(|error| OpenError::File(path.to_owned(), error))?;
    let refused = |error| OpenError::Sqlite(path.to_owned(), error);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(refused)?;
    let (ours, version) = marks(&connection).map_err(refused)?;
    if !ours {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if version > MIGRATIONS.len() {
        return Err(OpenError::Newer(path.to_owned()));
    }
    settle(&connection).map_err(refused)?;
    migrate(&connection, version).map_err(refused)?;
    let report: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if report == "ok" { Ok(connection) } else { Err(OpenError::Damaged(path.to_owned(), report)) }
}

/// A connection that only reads.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, OpenError> {
    let refused = |error| OpenError::Sqlite(path.to_owned(), error);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(refused)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0")
        .map_err(refused)?;
    Ok(connection)
}

/// Makes the file for its owner's eyes only: it holds what customers said.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Whether the file is ours or new, and how many migrations it has seen.
fn marks(connection: &Connection) -> rusqlite::Result<(bool, usize)> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let version = number("PRAGMA user_version")?;
    let application = number("PRAGMA application_id")?;
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    let ours = application == i64::from(APPLICATION_ID) || (application == 0 && version == 0 && tables == 0);
    Ok((ours, usize::try_from(version).unwrap_or(usize::MAX)))
}

/// FULL flushes the log at each commit: what is acknowledged survives a power cut.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0",
    )
}

/// All missing migrations in one transaction: after a crash the file is as before or as after.
fn migrate(connection: &Connection, version: usize) -> rusqlite::Result<()> {
    if version == MIGRATIONS.len() {
        return Ok(());
    }
    let mut script = String::from("BEGIN IMMEDIATE;\n");
    for migration in MIGRATIONS.iter().skip(version) {
        script.push_str(migration);
    }
    script.push_str(&format!(
        "\nPRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {};\nCOMMIT;",
        MIGRATIONS.len()
    ));
    connection.execute_batch(&script).inspect_err(|_| {
        let _ = connection.execute_batch("ROLLBACK");
    })
}
