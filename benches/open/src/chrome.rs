//! Chromium by its debugging pipe: messages of JSON, each ended by a zero byte. A pipe, because a press must follow a
//! move at once, and a WebDriver between them would give the pointer time to hover.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// How long the browser may take for one answer.
const ANSWER_SECONDS_MAX: u64 = 60;

/// A browser that ends with its owner.
pub struct Chrome {
    child: Child,
    to: ChildStdin,
    from: Receiver<Value>,
    profile: PathBuf,
    last: u64,
    /// Events of a trace, which come between the answers.
    traced: Vec<Value>,
}

impl Drop for Chrome {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

impl Chrome {
    /// Starts it with an empty profile.
    pub fn start() -> Result<Self> {
        let program =
            std::env::var_os("E2E_CHROMIUM").filter(|it| !it.is_empty()).unwrap_or_else(|| "chromium".into());
        let profile = std::env::temp_dir().join(format!("all-ears-bench-{}", std::process::id()));
        // The pipe is expected at the file descriptors 3 and 4: the shell puts them there.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null"])
            .arg(&program)
            .args(["--remote-debugging-pipe", "--headless=new", "--no-sandbox", "--disable-gpu"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--disable-dev-shm-usage", "--disable-extensions", "--lang=en-GB"])
            .args(["--disable-background-timer-throttling", "--disable-renderer-backgrounding"])
            .arg("--disable-backgrounding-occluded-windows")
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let to = child.stdin.take().context("no way in")?;
        let mut output = BufReader::new(child.stdout.take().context("no way out")?);
        let (hand_over, from) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while output.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
                bytes.pop();
                let message = serde_json::from_slice(&bytes).unwrap_or_default();
                if hand_over.send(message).is_err() {
                    return;
                }
                bytes.clear();
            }
        });
        Ok(Self { child, to, from, profile, last: 0, traced: Vec::new() })
    }

    /// Sends a command and returns its number. An empty session is the browser itself.
    pub fn send(&mut self, session: &str, method: &str, parameters: &Value) -> Result<u64> {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes)?;
        self.to.flush()?;
        Ok(self.last)
    }

    /// Waits for the answer to a command.
    pub fn answer(&mut self, id: u64) -> Result<Value> {
        let mut message = self.until(|message| message["id"] == id)?;
        if let Some(error) = message["error"]["message"].as_str() {
            bail!("Chromium: {error}");
        }
        Ok(message["result"].take())
    }

    /// Sends a command and waits for its answer.
    pub fn call(&mut self, session: &str, method: &str, parameters: &Value) -> Result<Value> {
        let id = self.send(session, method, parameters)?;
        self.answer(id).with_context(|| method.to_owned())
    }

    /// Ends a trace and returns its events.
    pub fn end_trace(&mut self) -> Result<Vec<Value>> {
        self.send("", "Tracing.end", &json!({}))?;
        self.until(|message| message["method"] == "Tracing.tracingComplete")?;
        Ok(std::mem::take(&mut self.traced))
    }

    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Result<Value> {
        loop {
            let message = self.from.recv_timeout(Duration::from_secs(ANSWER_SECONDS_MAX));
            let mut message = message.context("Chromium does not answer")?;
            if message["method"] == "Tracing.dataCollected" {
                if let Value::Array(events) = message["params"]["value"].take() {
                    self.traced.extend(events);
                }
            } else if is_it(&message) {
                return Ok(message);
            }
        }
    }
}
