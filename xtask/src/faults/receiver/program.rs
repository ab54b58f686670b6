//! The receiver's own program: started on a database, killed, stopped, asked about its rows.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::client::write_ids;

/// Takes a lock, also one that a thread left when it died.
pub fn own<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The program and the database that it works on.
#[derive(Clone, Debug)]
pub struct Program<'a> {
    program: &'a Path,
    /// A file, or the address of a server.
    pub db: String,
    /// Where logs and lists go.
    pub folder: PathBuf,
    variables: Vec<(&'static str, String)>,
    arguments: Vec<String>,
}

impl<'a> Program<'a> {
    /// On a file in a folder.
    pub fn on_file(program: &'a Path, folder: &Path) -> Self {
        let db = folder.join("faults.db").to_string_lossy().into_owned();
        Self::on(program, db, folder)
    }

    /// On any database.
    pub fn on(program: &'a Path, db: String, folder: &Path) -> Self {
        Self { program, db, folder: folder.to_owned(), variables: Vec::new(), arguments: Vec::new() }
    }

    /// With a variable in its environment.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// With more arguments.
    pub fn told(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// Starts it and waits until it listens.
    pub fn start(&self) -> Result<Running> {
        let began = Instant::now();
        let log = fs::OpenOptions::new().create(true).append(true).open(self.folder.join("log"))?;
        let mut child = Command::new(self.program)
            // All that comes is of one site, and it is the machine that is to be tried.
            .args(["serve", "--port", "0", "--min-free-mib", "0", "--rate-per-site", "0", "--db", &self.db])
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (*name, value)))
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the receiver does not start")?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?);
        let mut first = String::new();
        lines.read_line(&mut first)?;
        let address = first.trim().strip_prefix("All Ears listens at http://");
        let Some(address) = address.map(|address| address.trim_end_matches('/').to_owned()) else {
            let _ = child.wait();
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            bail!("the receiver ended: {}", log.lines().last().unwrap_or(&first));
        };
        Ok(Running { child, address, started_in: began.elapsed(), _lines: lines })
    }

    /// A command of the program, run to its end: whether it went well, and what it printed.
    pub fn command(&self, arguments: &[&str]) -> Result<(bool, String)> {
        let output = Command::new(self.program).args(arguments).output()?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok((output.status.success(), text))
    }

    /// Looks at everything, and for these ids.
    pub fn verify(&self, ids: &[String]) -> Result<Value> {
        let list = self.folder.join("ids");
        write_ids(&list, ids)?;
        let list = list.to_string_lossy();
        let (_, text) = self.command(&["verify", "--json", "--db", &self.db, "--ids", &list])?;
        serde_json::from_str(text.trim()).with_context(|| format!("verify says: {text}"))
    }
}

/// A receiver that runs. Dropping it kills it.
pub struct Running {
    child: Child,
    pub address: String,
    /// How long it took until it listened.
    pub started_in: Duration,
    _lines: BufReader<std::process::ChildStdout>,
}

impl Running {
    /// As a power switch would: SIGKILL leaves no time for anything.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) -> Result<()> {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status()?;
        if sent.success() { Ok(()) } else { bail!("the signal {name} was not sent") }
    }

    /// Its exit, once it has ended: whether that was without a fault.
    pub fn ended(&mut self) -> Result<Option<bool>> {
        Ok(self.child.try_wait()?.map(|status| status.success()))
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// KiB of memory that it holds.
    pub fn memory_kib(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0)
    }
}

/// Milliseconds of processor time that the threads of a process have taken: those of the name, or of every other name.
/// The kernel counts in hundredths of a second.
pub fn processor_ms(process: u32, name: &str, others: bool) -> f64 {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let taken = threads.filter_map(|thread| {
        let stat = fs::read_to_string(thread.path().join("stat")).ok()?;
        let (before, after) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
        ((before.split_once('(')?.1 == name) != others).then_some(ticks * 10.0)
    });
    taken.sum()
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
