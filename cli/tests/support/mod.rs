//! The real binary, on a free port and a database of its own, spoken to over TCP.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A folder that goes when the test ends.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new() -> Self {
        let name = format!("all-ears-cli-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_all-ears")).args(arguments).output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A receiver that runs. Dropping it kills it, without a warning.
pub struct Running {
    child: Child,
    lines: io::Lines<BufReader<ChildStdout>>,
    pub address: String,
}

impl Running {
    pub fn start(db: &Path, more: &[&str]) -> Self {
        let log = std::fs::File::create(db.with_extension("log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_all-ears"))
            .args(["serve", "--port", "0", "--min-free-mib", "1", "--db"])
            .arg(db)
            .args(more)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let address =
            first.strip_prefix("All Ears listens at http://").unwrap().trim_end_matches('/').to_owned();
        Self { child, lines, address }
    }

    pub fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    pub fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn wait(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection that stays open.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// Status, head and body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Client {
    pub fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    pub fn post(&mut self, body: &str) -> io::Result<Answer> {
        self.post_with("", body)
    }

    /// With more lines in its head, each ending in a line break.
    pub fn post_with(&mut self, more: &str, body: &str) -> io::Result<Answer> {
        self.ask(&format!("{}{body}", head(more, body.len())))
    }

    pub fn get(&mut self, path: &str, more: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: care.example\r\n{more}\r\n")).unwrap()
    }

    pub fn send(&mut self, part: &str) {
        self.stream.get_mut().write_all(part.as_bytes()).unwrap();
    }

    /// One line of what comes.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stream.read_line(&mut line).unwrap();
        line
    }

    /// All that still comes until the other end closes.
    pub fn rest(&mut self) -> String {
        let mut rest = Vec::new();
        let _ = self.stream.read_to_end(&mut rest);
        text(&rest)
    }

    pub fn ask(&mut self, request: &str) -> io::Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut head, mut line) = (String::new(), String::new());
        while self.stream.read_line(&mut line)? > 2 {
            head.push_str(&line.to_ascii_lowercase());
            line.clear();
        }
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let (Some(length), Some(status)) = (length, status) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        let mut body = vec![0; length.parse().unwrap()];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, head, body: text(&body) })
    }
}

/// The head of a submission.
pub fn head(more: &str, length: usize) -> String {
    format!(
        "POST /v1/submissions HTTP/1.1\r\nHost: care.example\r\nContent-Type: text/plain\r\n{more}Content-Length: {length}\r\n\r\n"
    )
}

/// The smallest complaint, with this number in its id.
pub fn complaint(number: u64) -> String {
    format!(
        r#"{{"schema":"all-ears/submission/1","id":"0199f0a1-7c00-7a10-8b20-{number:012x}","kind":"complaint","created_at":"2026-11-21T10:04:05Z","complaint":{{"text":"My parcel {number} is late."}}}}"#
    )
}
