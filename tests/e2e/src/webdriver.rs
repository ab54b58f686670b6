//! A small WebDriver client: one driver process, one session, plain calls. The three drivers differ only in `engine.rs`.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Failure, Outcome, http};

/// How long one WebDriver command may take before we give up on it.
const COMMAND_SECONDS_MAX: u64 = 60;
/// What drivers say when the page is left while a script runs in it: WebKit, Firefox, Chromium.
const LEAVING: [&str; 3] = ["before the unload event", "Document was unloaded", "aborted by navigation"];
/// How often, and with which pause, the page that follows is asked.
const LEAVING_TRIES: u32 = 20;
const LEAVING_PAUSE: Duration = Duration::from_millis(100);
/// How long a driver may take to answer after its start.
const START_SECONDS_MAX: u64 = 30;

/// A process that ends with its owner.
pub struct Process(Child);

impl Process {
    /// Starts a program, silent.
    pub fn start(command: &mut Command) -> Outcome<Self> {
        let shown = format!("{command:?}");
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Self)
            .map_err(|error| Failure(format!("{shown} does not start: {error}")))
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Takes over a process that somebody else started.
    pub fn adopt(child: Child) -> Self {
        Self(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One browser under remote control.
pub struct Session {
    port: u16,
    id: String,
    driver: Process,
}

impl Session {
    /// Starts a driver on a free port (`arguments` gets it) and opens a browser.
    pub fn open(mut driver: Command, port: u16, capabilities: &Value) -> Outcome<Self> {
        let process = Process::start(&mut driver)?;
        let deadline = Instant::now() + Duration::from_secs(START_SECONDS_MAX);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > deadline {
                return Err(Failure(format!("{driver:?} does not answer on port {port}")));
            }
            crate::breathe();
        }
        let mut session = Self { port, id: String::new(), driver: process };
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = session.raw("POST", "/session", Some(&wanted))?;
        session.id = answer["sessionId"].as_str().unwrap_or_default().to_owned();
        session.post("timeouts", &json!({ "script": 30_000, "pageLoad": 30_000, "implicit": 0 }))?;
        Ok(session)
    }

    /// Everything that the driver has started, its own children and theirs: the browser.
    pub fn processes(&self) -> Vec<u32> {
        let mut found = vec![self.driver.id()];
        let parents: Vec<(u32, u32)> = std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let id: u32 = entry.file_name().to_str()?.parse().ok()?;
                let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
                // The name stands in brackets and may hold anything; the parent is the second word after it.
                let parent = stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
                Some((id, parent))
            })
            .collect();
        let mut at = 0;
        while at < found.len() {
            let own = found[at];
            found.extend(parents.iter().filter(|(_, parent)| *parent == own).map(|(id, _)| *id));
            at += 1;
        }
        found.split_off(1)
    }

    /// A command with parameters: `post("url", …)`.
    pub fn post(&self, command: &str, parameters: &Value) -> Outcome<Value> {
        self.raw("POST", &format!("/session/{}/{command}", self.id), Some(parameters))
    }

    /// A question without parameters.
    pub fn get(&self, command: &str) -> Outcome<Value> {
        self.raw("GET", &format!("/session/{}/{command}", self.id), None)
    }

    /// Ends something.
    pub fn delete(&self, command: &str) -> Outcome<Value> {
        self.raw("DELETE", &format!("/session/{}/{command}", self.id), None)
    }

    /// Runs a function body in the page and gives back what it returns. A page that is just being left gives no answer:
    /// then the page that follows is asked.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Outcome<Value> {
        let parameters = json!({ "script": body, "args": arguments });
        for _ in 0..LEAVING_TRIES {
            match self.post("execute/sync", &parameters) {
                Err(Failure(why)) if LEAVING.iter().any(|sign| why.contains(sign)) => {
                    std::thread::sleep(LEAVING_PAUSE);
                }
                answer => return answer,
            }
        }
        self.post("execute/sync", &parameters)
    }

    /// Runs a function body whose last argument is the callback to answer by.
    pub fn script_async(&self, body: &str, arguments: &[Value]) -> Outcome<Value> {
        self.post("execute/async", &json!({ "script": body, "args": arguments }))
    }

    fn raw(&self, method: &str, path: &str, body: Option<&Value>) -> Outcome<Value> {
        let message = http::Message {
            start: format!("{method} {path} HTTP/1.1"),
            headers: vec![
                ("Host".to_owned(), format!("127.0.0.1:{}", self.port)),
                ("Content-Type".to_owned(), "application/json; charset=utf-8".to_owned()),
            ],
            body: body.map(Value::to_string).unwrap_or_default().into_bytes(),
        };
        let answer = http::request(self.port, &message, Duration::from_secs(COMMAND_SECONDS_MAX))
            .map_err(|error| Failure(format!("{method} {path}: {error}")))?;
        let mut value: Value = serde_json::from_slice(&answer.body)
            .map_err(|error| Failure(format!("{method} {path}: {error} in the driver's answer")))?;
        let value = value["value"].take();
        if answer.status() != 200 {
            let kind = value["error"].as_str().unwrap_or("error");
            let text = value["message"].as_str().unwrap_or_default();
            let command = path.rsplit('/').next().unwrap_or_default();
            return Err(Failure(format!("{command}: {kind}: {}", text.lines().next().unwrap_or_default())));
        }
        Ok(value)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.id.is_empty() {
            let _ = self.raw("DELETE", &format!("/session/{}", self.id), None);
        }
    }
}
