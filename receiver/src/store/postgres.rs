//! Postgres, for more than one receiver on the same rows. All tables stand in a schema of their own. The connection
//! comes back by itself; what was under way when it broke is answered with 503, and the sender tries again.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postgres::config::SslMode;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::database::{Database, Fault, Row, Value};
use super::opening::{OpenError, Target};
use crate::tls;

/// Each once, in this order; `schema_version` says how many were applied.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/postgres/1_submissions.sql"),
    include_str!("../../migrations/postgres/2_outbox.sql"),
    include_str!("../../migrations/postgres/3_attachments.sql"),
    include_str!("../../migrations/postgres/4_attachment_parts.sql"),
];
/// Locks that receivers of one database take against each other.
const MIGRATION_LOCK: i64 = 0x416c_4561_0001;
const LOG_LOCK: i64 = 0x416c_4561_0002;
/// Nobody waits longer than this for a statement, nor holds a lock longer when frozen.
const SESSION: &str = "SET search_path = all_ears; SET synchronous_commit = on; SET statement_timeout = '30s'; \
                       SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'";
const CONNECT_TIME_MAX: Duration = Duration::from_secs(3);

/// A connection to a Postgres server.
pub(super) struct Postgres {
    config: Config,
    /// How it is encrypted, if it is to be.
    tls: Option<MakeRustlsConnect>,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    state: State,
}

/// Where the transaction is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// There is none: a connection may be made anew.
    None,
    /// It goes well.
    Open,
    /// Something in it failed: it must not be kept.
    Failed,
}

/// Connects, and brings the tables up to date: one receiver at a time.
pub(super) fn open(url: &str) -> Result<Postgres, OpenError> {
    let mut opened = open_to_read(url)?;
    let refused = |fault: Fault| OpenError::Refused(Target::from(url), fault.to_string());
    let client = opened.client().map_err(refused)?;
    let mut fsync = String::new();
    if let Ok(row) = client.query_one("SHOW fsync", &[]) {
        fsync = row.get(0);
    }
    if fsync == "off" {
        return Err(OpenError::Careless(Target::from(url), "its setting fsync is off".to_owned()));
    }
    match migrate(client) {
        Ok(true) => Ok(opened),
        Ok(false) => Err(OpenError::Newer(Target::from(url))),
        Err(error) => Err(refused(fault(&error))),
    }
}

/// Connects.
pub(super) fn open_to_read(url: &str) -> Result<Postgres, OpenError> {
    let refused = |reason: String| OpenError::Refused(Target::from(url), reason);
    let (plain, roots) = address(url);
    let mut config: Config = plain.parse().map_err(|error: postgres::Error| refused(told(&error)))?;
    config.connect_timeout(CONNECT_TIME_MAX).keepalives_idle(Duration::from_secs(10));
    config.tcp_user_timeout(Duration::from_secs(10)).application_name("all-ears");
    let encrypted = config.get_ssl_mode() == SslMode::Require;
    let tls = encrypted.then(|| encryption(roots.as_deref()).map_err(refused)).transpose()?;
    let mut opened = Postgres { config, tls, client: None, statements: HashMap::new(), state: State::None };
    opened.client().map_err(|fault| refused(fault.to_string()))?;
    Ok(opened)
}

/// The address as the client reads it, and the file of certificates that it names. `require` looks at certificate and
/// name here, as `verify-full` does elsewhere: encryption towards nobody in particular protects little.
fn address(url: &str) -> (String, Option<PathBuf>) {
    let Some((place, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut roots = None;
    let mut kept = Vec::new();
    for part in query.split('&') {
        match part.split_once('=') {
            Some(("sslrootcert", path)) => roots = Some(PathBuf::from(path.replace("%2F", "/"))),
            Some(("sslmode", "verify-full")) => kept.push("sslmode=require"),
            Some(_) | None => kept.push(part),
        }
    }
    (format!("{place}?{}", kept.join("&")), roots)
}

fn encryption(roots: Option<&Path>) -> Result<MakeRustlsConnect, String> {
    let roots = roots.map_or_else(|| Ok(tls::of_this_machine()), tls::of_file)?;
    tls::believing(roots).map(MakeRustlsConnect::new)
}

/// False when a newer version of this program was here.
fn migrate(client: &mut Client) -> Result<bool, postgres::Error> {
    let mut transaction = client.transaction()?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK])?;
    transaction.batch_execute(
        "CREATE SCHEMA IF NOT EXISTS all_ears; CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)",
    )?;
    let seen: Option<i64> = transaction.query_one("SELECT max(version) FROM schema_version", &[])?.get(0);
    let seen = usize::try_from(seen.unwrap_or_default()).unwrap_or(usize::MAX);
    if seen > MIGRATIONS.len() {
        return Ok(false);
    }
    for (at, migration) in MIGRATIONS.iter().enumerate().skip(seen) {
        transaction.batch_execute(migration)?;
        let version = i64::try_from(at + 1).unwrap_or(i64::MAX);
        transaction.execute("INSERT INTO schema_version (version) VALUES ($1)", &[&version])?;
    }
    transaction.commit().map(|()| true)
}

fn told(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("postgres: {} ({})", said.message(), said.code().code()),
        None => {
            let cause =
                std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("postgres: {error}{cause}")
        }
    }
}

fn fault(error: &postgres::Error) -> Fault {
    let reason = told(error);
    let Some(code) = error.code() else {
        // No answer of the server's: the connection broke, or a value did not fit.
        let local = error.to_string().contains("serializ") || error.to_string().contains("convert");
        return if local { Fault::Refused(reason) } else { Fault::Unreachable(reason) };
    };
    let again = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        SqlState::LOCK_NOT_AVAILABLE,
        SqlState::QUERY_CANCELED,
    ];
    match code {
        code if again.contains(code) => Fault::Again(reason),
        code if *code == SqlState::DISK_FULL => Fault::Full(reason),
        // Connections that end (08), servers that stop, fail over or only read (57, 25006), too many clients (53).
        code if code.code().starts_with("08") || code.code().starts_with("57P") => Fault::Unreachable(reason),
        code if code.code().starts_with("53") || *code == SqlState::READ_ONLY_SQL_TRANSACTION => {
            Fault::Unreachable(reason)
        }
        _ => Fault::Refused(reason),
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut bytes::BytesMut,
    ) -> Result<postgres::types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(postgres::types::IsNull::Yes),
            Self::Int(number) => number.to_sql(kind, out),
            // Postgres has no zero character in a text; nobody types one either.
            Self::Text(text) if text.contains('\0') => text.replace('\0', "").to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.as_ref().to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA].contains(kind)
    }

    postgres::types::to_sql_checked!();
}

fn kind(value: &Value) -> Type {
    match value {
        Value::Int(_) => Type::INT8,
        Value::Null | Value::Text(_) => Type::TEXT,
        Value::Bytes(_) => Type::BYTEA,
    }
}

fn row(read: &postgres::Row) -> Result<Row, postgres::Error> {
    let cell = |at: usize| match *read.columns()[at].type_() {
        Type::INT8 => Ok(read.try_get::<_, Option<i64>>(at)?.map_or(Value::Null, Value::Int)),
        Type::INT4 => {
            Ok(read.try_get::<_, Option<i32>>(at)?.map_or(Value::Null, |number| Value::Int(number.into())))
        }
        Type::BYTEA => Ok(read
            .try_get::<_, Option<Vec<u8>>>(at)?
            .map_or(Value::Null, |bytes| Value::Bytes(bytes.into()))),
        _ => Ok(read.try_get::<_, Option<String>>(at)?.map_or(Value::Null, Value::Text)),
    };
    (0..read.len()).map(cell).collect::<Result<Vec<Value>, _>>().map(Row)
}

impl Postgres {
    /// The connection, made anew when it is gone.
    fn client(&mut self) -> Result<&mut Client, Fault> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.client = None;
            if self.state != State::None {
                // The rest of a transaction on a new connection would be kept without its beginning.
                return Err(Fault::Unreachable("postgres: the connection broke".to_owned()));
            }
            self.statements.clear();
            let connected = match &self.tls {
                Some(tls) => self.config.connect(tls.clone()),
                None => self.config.connect(NoTls),
            };
            let mut client = connected.map_err(|error| unreachable(&error))?;
            client.batch_execute(SESSION).map_err(|error| unreachable(&error))?;
            self.client = Some(client);
        }
        self.client.as_mut().ok_or_else(|| Fault::Unreachable("postgres: no connection".to_owned()))
    }

    fn statement(&mut self, sql: &str, values: &[Value]) -> Result<Statement, Fault> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let kinds: Vec<Type> = values.iter().map(kind).collect();
        let made = self.client()?.prepare_typed(sql, &kinds).map_err(|error| fault(&error))?;
        self.statements.insert(sql.to_owned(), made.clone());
        Ok(made)
    }

    fn run(&mut self, script: &str) -> Result<(), Fault> {
        self.client()?.batch_execute(script).map_err(|error| fault(&error))
    }

    /// Remembers what went wrong: a connection that is of no use any more, a transaction that must not be kept.
    fn seen<T>(&mut self, done: Result<T, Fault>) -> Result<T, Fault> {
        if matches!(done, Err(Fault::Unreachable(_))) {
            self.client = None;
        }
        if done.is_err() && self.state == State::Open {
            self.state = State::Failed;
        }
        done
    }
}

fn unreachable(error: &postgres::Error) -> Fault {
    Fault::Unreachable(told(error))
}

impl Database for Postgres {
    fn each(&mut self, sql: &str, values: &[Value], take: &mut dyn FnMut(Row) -> bool) -> Result<(), Fault> {
        let done = self.statement(sql, values).and_then(|statement| {
            let mut run = || {
                let Some(client) = &mut self.client else { return Ok(()) };
                let mut rows = client.query_raw(&statement, values)?;
                while let Some(read) = rows.next()? {
                    if !take(row(&read)?) {
                        break;
                    }
                }
                Ok(())
            };
            run().map_err(|error| fault(&error))
        });
        self.seen(done)
    }

    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), Fault> {
        self.each(sql, values, &mut |_| true)
    }

    fn begin(&mut self) -> Result<(), Fault> {
        self.state = State::None;
        let mut begun = self.run("BEGIN");
        if matches!(begun, Err(Fault::Unreachable(_))) {
            // A connection that broke while nothing was under way is noticed here, and nothing is lost.
            self.client = None;
            begun = self.run("BEGIN");
        }
        self.seen(begun)?;
        self.state = State::Open;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Fault> {
        if self.state != State::Open {
            // Postgres would answer COMMIT with a rollback that looks like success.
            return Err(Fault::Refused("postgres: the transaction has failed".to_owned()));
        }
        let done = self.run("COMMIT");
        let done = self.seen(done);
        self.state = State::None;
        done
    }

    fn rollback(&mut self) {
        self.state = State::None;
        if self.client.is_some() {
            let done = self.run("ROLLBACK");
            let _ = self.seen(done);
        }
    }

    fn holding(&self) -> &'static str {
        " FOR UPDATE"
    }

    fn passing_over(&self) -> &'static str {
        " FOR UPDATE SKIP LOCKED"
    }

    fn hold_log(&mut self) -> Result<(), Fault> {
        self.execute("SELECT 1 FROM pg_advisory_xact_lock($1)", &[LOG_LOCK.into()])
    }

    fn settle(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::{PathBuf, address};

    #[track_caller]
    fn check(url: &str, expected: &str, roots: Option<&str>) {
        assert_eq!(address(url), (expected.to_owned(), roots.map(PathBuf::from)));
    }

    #[test]
    fn what_only_we_read_is_taken_out_of_the_address() {
        check("postgres://care@db/care", "postgres://care@db/care", None);
        check("postgres://db/care?sslmode=verify-full", "postgres://db/care?sslmode=require", None);
        let all = "postgres://db/care?connect_timeout=3&sslrootcert=/etc/ca.pem&sslmode=require";
        check(all, "postgres://db/care?connect_timeout=3&sslmode=require", Some("/etc/ca.pem"));
    }
}
