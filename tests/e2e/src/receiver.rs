//! The real receiver, as a company would run it, on a port and a database of its own; and its rows, read by SQL.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::webdriver::Process;
use crate::{Failure, Outcome, breathe, http, workspace};

/// How long the receiver may take to answer after its start.
const START_SECONDS_MAX: u64 = 20;

/// A receiver and its database.
pub struct Receiver {
    /// Where it listens, also after a restart.
    pub port: u16,
    folder: PathBuf,
    origin: String,
    process: Option<Process>,
}

/// One stored submission: the columns a company's people see, and the body as it came.
#[derive(Debug)]
pub struct Row {
    /// `rating`, `feedback`, …
    pub kind: String,
    /// The reference, for complaints.
    pub reference: Option<String>,
    /// The submission as sent.
    pub body: Value,
    /// When its answer is promised, for complaints, in milliseconds since 1970.
    pub reply_by_ms: Option<i64>,
}

impl Receiver {
    /// Starts a receiver with an empty database that takes submissions from pages of `origin`.
    pub fn start(origin: &str) -> Outcome<Self> {
        Self::start_at(http::free_port()?, origin)
    }

    /// Starts a receiver that takes submissions from the demo, which it serves itself.
    pub fn start_with_demo() -> Outcome<Self> {
        let port = http::free_port()?;
        Self::start_at(port, &format!("http://127.0.0.1:{port}"))
    }

    fn start_at(port: u16, origin: &str) -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("all-ears-e2e-receiver-{port}"));
        // A run that was ended may have left one of the same port.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mut receiver = Self { port, folder, origin: origin.to_owned(), process: None };
        receiver.run()?;
        Ok(receiver)
    }

    /// Starts the program on the same port and database.
    pub fn run(&mut self) -> Outcome {
        let program = program()?;
        let said = File::create(self.folder.join("said.txt"))?;
        let child = Command::new(&program)
            .arg("serve")
            .args(["--port", &self.port.to_string()])
            .arg("--db")
            .arg(self.database())
            .args(["--config", "demo/all-ears.json", "--site", ".", "--assets"])
            .arg(crate::dist())
            .args(["--allow-origin", &self.origin, "--public-url", &self.origin])
            .current_dir(workspace())
            .stdin(Stdio::null())
            .stderr(Stdio::from(said.try_clone()?))
            .stdout(Stdio::from(said))
            .spawn()
            .map_err(|error| Failure(format!("{}: {error}", program.display())))?;
        self.process = Some(Process::adopt(child));
        let deadline = Instant::now() + Duration::from_secs(START_SECONDS_MAX);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if Instant::now() > deadline {
                return Err(Failure(format!("the receiver does not answer; it said: {}", self.said())));
            }
            breathe();
        }
        Ok(())
    }

    /// Ends the program at once, as a power cut would.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// What it printed since its last start.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.join("said.txt")).unwrap_or_default()
    }

    fn database(&self) -> PathBuf {
        self.folder.join("all-ears.db")
    }

    /// The files that have arrived, by name, in the customer's order.
    pub fn files(&self) -> Outcome<Vec<(String, Vec<u8>)>> {
        let database = self.read()?;
        let sql = "SELECT seq, name, body FROM attachments WHERE received_ms IS NOT NULL ORDER BY seq";
        let mut statement = database.prepare(sql)?;
        let files = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let files: Vec<(i64, String, Vec<u8>)> = files.collect::<Result<_, _>>()?;
        // A large one is in its parts.
        let sql = "SELECT body FROM attachment_parts WHERE attachment_seq = ?1 ORDER BY part";
        let mut statement = database.prepare(sql)?;
        let mut whole = Vec::new();
        for (seq, name, mut body) in files {
            for part in statement.query_map([seq], |row| row.get::<_, Vec<u8>>(0))? {
                body.extend(part?);
            }
            whole.push((name, body));
        }
        Ok(whole)
    }

    fn read(&self) -> Outcome<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(self.database(), flags)?;
        database.busy_timeout(Duration::from_secs(5))?;
        Ok(database)
    }

    /// All rows of a kind, oldest first.
    pub fn rows(&self, kind: &str) -> Outcome<Vec<Row>> {
        let database = self.read()?;
        let sql = "SELECT kind, reference, body, reply_by_ms FROM submissions LEFT JOIN complaints USING (seq) \
                   WHERE kind = ?1 ORDER BY seq";
        let mut statement = database.prepare(sql)?;
        let mut rows = statement.query([kind])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let body: Vec<u8> = row.get(2)?;
            found.push(Row {
                kind: row.get(0)?,
                reference: row.get(1)?,
                body: serde_json::from_slice(&body)?,
                reply_by_ms: row.get(3)?,
            });
        }
        Ok(found)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.process = None;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The built binary: as `E2E_RECEIVER` names it, else where a release build leaves it.
fn program() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("E2E_RECEIVER").filter(|value| !value.is_empty()) {
        return Ok(named.into());
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    let folders = [target.clone(), workspace().join("target")];
    folders
        .iter()
        .flat_map(|folder| [folder.join("release"), folder.join("debug")])
        .map(|folder| folder.join("all-ears"))
        .find(|file: &PathBuf| Path::is_file(file))
        .ok_or_else(|| Failure("the receiver is not built: cargo build --release -p all-ears-cli".to_owned()))
}
