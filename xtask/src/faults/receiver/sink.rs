//! An endpoint of a webhook that answers as a test wants, and keeps what it heard. Signatures are looked at with the
//! library of those who wrote the specification.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::program::own;

/// What every webhook of the tests signs with.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How a request is answered.
pub enum Answer {
    Status(u16),
    /// 200, but not at once.
    After(Duration),
    /// 429 with so many seconds to wait.
    Later(u64),
    /// 307 to this address.
    Moved(String),
    /// The connection ends without a word, after the request was read.
    Cut,
    /// The connection stays open without a word.
    Nothing,
}

#[derive(Default)]
struct Heard {
    /// When each try came.
    times: Vec<Instant>,
    /// Tries by id.
    tries: BTreeMap<String, u64>,
    /// Ids that were answered with 2xx.
    received: BTreeSet<String>,
    /// How often one came that had been answered with 2xx before.
    repeats: u64,
    unsigned: u64,
}

/// An endpoint on a free port of this machine.
pub struct Sink {
    pub url: String,
    heard: Arc<Mutex<Heard>>,
}

impl Sink {
    /// Answers each request by its id and by how often that id has come, from 1.
    pub fn new(answer: impl Fn(&str, u64) -> Answer + Send + Sync + 'static) -> Self {
        let heard = Arc::<Mutex<Heard>>::default();
        let Ok(listener) = TcpListener::bind("127.0.0.1:0") else {
            return Self { url: String::new(), heard };
        };
        let port = listener.local_addr().map_or(0, |address| address.port());
        let (also, answer) = (Arc::clone(&heard), Arc::new(answer));
        // It ends with the process; what is heard after a test is of no interest.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heard, answer) = (Arc::clone(&also), Arc::clone(&answer));
                thread::spawn(move || serve(&stream, &heard, answer.as_ref()));
            }
        });
        Self { url: format!("http://127.0.0.1:{port}/hook"), heard }
    }

    /// Ids of submissions that were answered with 2xx.
    pub fn received(&self) -> BTreeSet<String> {
        own(&self.heard).received.clone()
    }

    /// When each try came.
    pub fn times(&self) -> Vec<Instant> {
        own(&self.heard).times.clone()
    }

    /// How often something came again that had been received.
    pub fn repeats(&self) -> u64 {
        own(&self.heard).repeats
    }

    /// Requests whose signature does not verify.
    pub fn unsigned(&self) -> u64 {
        own(&self.heard).unsigned
    }
}

fn serve(stream: &TcpStream, heard: &Mutex<Heard>, answer: &dyn Fn(&str, u64) -> Answer) {
    let Some((head, body)) = read(stream) else { return };
    let header = |name: &str| head.get(name).map(String::as_str).unwrap_or_default();
    let id = header("webhook-id").trim_start_matches("msg_").to_owned();
    let answer = {
        let mut heard = own(heard);
        heard.times.push(Instant::now());
        heard.unsigned += u64::from(!verifies(&header, &body) || !body.contains(&id));
        let tries = heard.tries.entry(id.clone()).or_default();
        *tries += 1;
        let answer = answer(&id, *tries);
        if matches!(answer, Answer::Status(200..=299) | Answer::After(_)) && !heard.received.insert(id) {
            heard.repeats += 1;
        }
        answer
    };
    let (status, more) = match answer {
        Answer::Status(status) => (status, String::new()),
        Answer::After(wait) => {
            thread::sleep(wait);
            (200, String::new())
        }
        Answer::Later(seconds) => (429, format!("Retry-After: {seconds}\r\n")),
        Answer::Moved(url) => (307, format!("Location: {url}\r\n")),
        Answer::Cut => return,
        Answer::Nothing => {
            thread::sleep(Duration::from_secs(10));
            return;
        }
    };
    let mut stream = stream;
    let _ = stream.write_all(format!("HTTP/1.1 {status} -\r\n{more}Content-Length: 0\r\n\r\n").as_bytes());
}

fn verifies<'a>(header: &dyn Fn(&str) -> &'a str, body: &str) -> bool {
    let Ok(library) = standardwebhooks::Webhook::new(SECRET) else { return false };
    let at = header("webhook-timestamp").parse().unwrap_or(0);
    let signed = library.sign(header("webhook-id"), at, body.as_bytes());
    signed.is_ok_and(|signed| signed == header("webhook-signature"))
}

fn read(stream: &TcpStream) -> Option<(BTreeMap<String, String>, String)> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let mut lines = BufReader::new(stream);
    let (mut head, mut line) = (BTreeMap::new(), String::new());
    while lines.read_line(&mut line).ok()? > 2 {
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            head.insert(name.to_lowercase(), value.to_owned());
        }
        line.clear();
    }
    let mut body = vec![0; head.get("content-length")?.parse().ok()?];
    lines.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).ok()?))
}
