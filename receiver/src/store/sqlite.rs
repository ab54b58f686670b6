//! SQLite: version, settings that the promise rests on, migrations, a check of what is there; then one connection that
//! writes and one that reads.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};

use tokio::sync::watch;

use super::checkpoint::Beside;
use super::database::{Database, Fault, Row, Value};
use super::opening::{OpenError, Target};

/// 3.51.3 is the first version without the WAL-reset bug, which could corrupt a database.
const SQLITE_VERSION_MIN: i32 = 3_051_003;
/// Marks our files, so that somebody else's database is never touched.
const APPLICATION_ID: i32 = 0x416c_4561;
/// Each once, in this order; `user_version` says how many were applied.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/1_submissions.sql"),
    include_str!("../../migrations/sqlite/2_erasure_and_quarantine.sql"),
    include_str!("../../migrations/sqlite/3_outbox.sql"),
    include_str!("../../migrations/sqlite/4_attachments.sql"),
    include_str!("../../migrations/sqlite/5_attachment_parts.sql"),
];
/// Bytes of a database up to which every start looks at all of it. Beyond, `all-ears verify` does, when it suits: a look
/// that takes minutes keeps the log from being written back.
const CHECKED_BYTES_MAX: u64 = 1 << 30;
/// How long a start waits for that look. What is left then is looked at beside the work: a disk that has to fetch every
/// page would otherwise keep customers waiting for seconds.
const CHECK_TIME_MAX: Duration = Duration::from_millis(250);
/// Steps of SQLite between two looks at the clock.
const STEPS: i32 = 1_000;

/// A connection to a SQLite file.
pub(super) struct Sqlite {
    connection: Connection,
    path: PathBuf,
    free_bytes_min: u64,
    /// All of the file was looked at.
    checked: bool,
    /// What writes the log back, where that is not SQLite's own affair.
    log: Option<Beside>,
}

/// The connection that writes. With less free space than `free_bytes_min` it begins nothing.
pub(super) fn open(path: &Path, free_bytes_min: u64) -> Result<Sqlite, OpenError> {
    if rusqlite::version_number() < SQLITE_VERSION_MIN {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    make_file(path).map_err(|error| OpenError::File(path.to_owned(), error))?;
    let refused = |error| refused(path, &error);
    let mut connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(refused)?;
    let (ours, version) = marks(&connection).map_err(refused)?;
    if !ours {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    if version > MIGRATIONS.len() {
        return Err(OpenError::Newer(path.into()));
    }
    settle(&connection).map_err(refused)?;
    if version > 0 && version < MIGRATIONS.len() {
        keep_copy(&connection, path, version)?;
    }
    migrate(&connection, version).map_err(refused)?;
    let small = std::fs::metadata(path).is_ok_and(|about| about.len() <= CHECKED_BYTES_MAX);
    let checked = !small || check_for(&mut connection, path, CHECK_TIME_MAX)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(Sqlite { connection, path: path.to_owned(), free_bytes_min, checked, log: None })
}

/// A connection that only reads.
pub(super) fn open_to_read(path: &Path) -> Result<Sqlite, OpenError> {
    let refused = |error| refused(path, &error);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(refused)?;
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA mmap_size = 0")
        .map_err(refused)?;
    Ok(Sqlite { connection, path: path.to_owned(), free_bytes_min: 0, checked: true, log: None })
}

/// A connection to copy from: it changes nothing, also where the file is of another version.
pub(super) fn open_to_copy(path: &Path) -> Result<Connection, OpenError> {
    let refused = |error| refused(path, &error);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(refused)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(refused)?;
    let (ours, version) = marks(&connection).map_err(refused)?;
    if !ours || version == 0 {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    Ok(connection)
}

/// Looks at every page and every index of a file.
pub(super) fn check_all(path: &Path) -> Result<(), OpenError> {
    check(&open_to_copy(path)?, path, "integrity_check")
}

fn refused(path: &Path, error: &rusqlite::Error) -> OpenError {
    OpenError::Refused(Target::from(path), error.to_string())
}

/// Looks for pages that contradict each other: `quick_check` or, slower, `integrity_check`.
fn check(connection: &Connection, path: &Path, how: &str) -> Result<(), OpenError> {
    let report: String = connection
        .query_row(&format!("PRAGMA {how}(1)"), [], |row| row.get(0))
        .map_err(|error| refused(path, &error))?;
    if report == "ok" { Ok(()) } else { Err(OpenError::Damaged(path.to_owned(), report)) }
}

/// Looks at it for so long; false when there was more to look at.
fn check_for(connection: &mut Connection, path: &Path, time: Duration) -> Result<bool, OpenError> {
    let refused = |error| refused(path, &error);
    let began = Instant::now();
    connection.progress_handler(STEPS, Some(move || began.elapsed() > time)).map_err(refused)?;
    let looked: rusqlite::Result<String> =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    connection.progress_handler(0, None::<fn() -> bool>).map_err(refused)?;
    match looked {
        Ok(report) if report == "ok" => Ok(true),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => Ok(false),
        Ok(report) => Err(OpenError::Damaged(path.to_owned(), report)),
        Err(error) => Err(refused(error)),
    }
}

impl Sqlite {
    /// Has the log written back beside the work, from now on.
    pub(super) fn write_back_beside(
        &mut self,
        failed: watch::Sender<Option<String>>,
    ) -> Result<(), OpenError> {
        let begun = Beside::begin(&mut self.connection, &self.path, failed);
        self.log = Some(begun.map_err(|error| refused(&self.path, &error))?);
        Ok(())
    }

    /// Looks at the rest on a thread and a connection of its own, if there is any. Damage is told, as a failing disk is.
    pub(super) fn check_beside(&self, damaged: watch::Sender<Option<String>>) {
        if self.checked {
            return;
        }
        let path = self.path.clone();
        let look = move || match open_to_copy(&path)
            .and_then(|connection| check(&connection, &path, "quick_check"))
        {
            Ok(()) => crate::log::event("checked", &[]),
            Err(error) => drop(damaged.send(Some(error.to_string()))),
        };
        // Without a thread it is as with a file that is too large.
        let _ = std::thread::Builder::new().name("store-check".to_owned()).spawn(look);
    }
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
    )?;
    // What was erased is overwritten, and does not stay readable in a free page.
    connection.query_row("PRAGMA secure_delete = ON", [], |_| Ok(()))?;
    careless_for_a_test(connection)
}

/// The test of power cuts shows with this that it would notice. No release build can be told to.
#[cfg(debug_assertions)]
fn careless_for_a_test(connection: &Connection) -> rusqlite::Result<()> {
    match std::env::var_os("ALL_EARS_TEST_SYNCHRONOUS_NORMAL") {
        Some(_) => connection.execute_batch("PRAGMA synchronous = NORMAL"),
        None => Ok(()),
    }
}

#[cfg(not(debug_assertions))]
fn careless_for_a_test(_: &Connection) -> rusqlite::Result<()> {
    Ok(())
}

/// A copy of the file as it is, beside it: the version that wrote it can open it again.
fn keep_copy(connection: &Connection, path: &Path, version: usize) -> Result<(), OpenError> {
    let mut copy = path.to_owned().into_os_string();
    copy.push(format!(".v{version}"));
    let copy = PathBuf::from(copy);
    if copy.exists() {
        return Ok(());
    }
    write_copy(connection, &copy).map_err(|reason| OpenError::Refused(Target::from(path), reason))
}

/// Writes a whole copy of the database, flushes it, and only then gives it its name.
pub(super) fn write_copy(connection: &Connection, copy: &Path) -> Result<(), String> {
    let mut part = copy.to_owned().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    let told = |error: std::io::Error| format!("{}: {error}", part.display());
    // What an earlier attempt left.
    let _ = std::fs::remove_file(&part);
    make_file(&part).map_err(told)?;
    connection
        .execute("VACUUM INTO ?", [part.to_string_lossy()])
        .map_err(|error| format!("{}: {error}", part.display()))?;
    File::open(&part).and_then(|file| file.sync_all()).map_err(told)?;
    std::fs::rename(&part, copy).map_err(told)?;
    let folder = copy.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(told)
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

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

fn value(read: ValueRef<'_>) -> Value {
    match read {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Text(number.to_string()),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes::Bytes::copy_from_slice(bytes)),
    }
}

pub(super) fn fault(error: &rusqlite::Error) -> Fault {
    let reason = format!("sqlite: {error}");
    match error.sqlite_error_code() {
        // After these, this process may not go on as if it knew what is stored (a second flush would lie).
        Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Fault::Disk(reason)
        }
        Some(ErrorCode::DiskFull) => Fault::Full(reason),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Fault::Again(reason),
        _ => Fault::Refused(reason),
    }
}

impl Database for Sqlite {
    fn each(&mut self, sql: &str, values: &[Value], take: &mut dyn FnMut(Row) -> bool) -> Result<(), Fault> {
        let mut run = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            let mut rows = statement.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                let read: Result<Vec<Value>, _> = (0..columns).map(|at| row.get_ref(at).map(value)).collect();
                if !take(Row(read?)) {
                    break;
                }
            }
            Ok(())
        };
        run().map_err(|error| fault(&error))
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), Fault> {
        let run = || self.connection.prepare_cached(sql)?.execute(params_from_iter(values)).map(drop);
        run().map_err(|error| fault(&error))
    }

    fn begin(&mut self) -> Result<(), Fault> {
        let free = free_bytes(&self.path);
        if free.is_some_and(|free| free < self.free_bytes_min) {
            return Err(Fault::Full(format!(
                "the disk of {} has less than {} MiB left",
                self.path.display(),
                self.free_bytes_min >> 20
            )));
        }
        self.execute("BEGIN IMMEDIATE", &[])
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.execute("COMMIT", &[])
    }

    fn rollback(&mut self) {
        // SQLite has often rolled back by itself.
        if !self.connection.is_autocommit() {
            let _ = self.execute("ROLLBACK", &[]);
        }
    }

    fn holding(&self) -> &'static str {
        ""
    }

    fn passing_over(&self) -> &'static str {
        ""
    }

    /// `BEGIN IMMEDIATE` holds everything.
    fn hold_log(&mut self) -> Result<(), Fault> {
        Ok(())
    }

    fn settle(&mut self) {
        if let Some(log) = self.log.take() {
            log.end(&mut self.connection);
        }
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// Bytes that this user may still write where the file is.
#[cfg(unix)]
pub(super) fn free_bytes(path: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(path).ok()?;
    Some(about.f_bavail.saturating_mul(about.f_frsize))
}

/// Unknown here; SQLite says so when it is too late for this transaction, and nothing is lost either.
#[cfg(not(unix))]
pub(super) fn free_bytes(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::{Connection, Duration, OpenError, check_for, open};

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_look_ends_in_time_and_finds_damage() {
        let path = std::env::temp_dir().join(format!("all-ears-look-{}.db", std::process::id()));
        let mut opened = open(&path, 0).expect("a database");
        let fill = "CREATE TABLE more (x); WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 20000) \
                    INSERT INTO more SELECT randomblob(200) FROM c; CREATE INDEX more_x ON more (x)";
        opened.connection.execute_batch(fill).expect("rows");
        assert!(opened.checked, "a new file is quick to look at");
        assert!(!check_for(&mut opened.connection, &path, Duration::ZERO).expect("a look"), "there is more");
        assert!(
            check_for(&mut opened.connection, &path, LONG).expect("a look"),
            "and it can be looked at again"
        );
        opened.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("a file");
        drop(opened);
        let mut bytes = std::fs::read(&path).expect("the file");
        let middle = bytes.len() / 2 / 4_096 * 4_096;
        bytes[middle..middle + 4_096].fill(0x5a);
        std::fs::write(&path, bytes).expect("damage");
        let mut damaged = Connection::open(&path).expect("a database");
        assert!(matches!(check_for(&mut damaged, &path, LONG), Err(OpenError::Damaged(..))));
        drop(damaged);
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
        }
    }
}
