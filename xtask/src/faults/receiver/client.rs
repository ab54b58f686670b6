//! A client as customers have one: it sends, waits, and sends the same again when there was no answer. And the record
//! of what it was promised, against which the database is held.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::program::{Program, own};

/// One connection that stays open.
pub struct Client {
    stream: BufReader<TcpStream>,
}

/// Status, head and body.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Client {
    /// Connects.
    pub fn open(address: &str) -> io::Result<Self> {
        Self::on(TcpStream::connect(address)?)
    }

    /// On a connection that is there.
    pub fn on(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// How long it waits for an answer.
    pub fn patience(&self, time: Duration) -> io::Result<()> {
        self.stream.get_ref().set_read_timeout(Some(time))
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Hands a submission in.
    pub fn post(&mut self, body: &str) -> io::Result<Answer> {
        self.send(request(body).as_bytes())?;
        self.answer()
    }

    /// Asks for something.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: care.example\r\n\r\n").as_bytes())?;
        self.answer()
    }

    /// Reads an answer.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let (mut head, mut line) = (String::new(), String::new());
        while self.stream.read_line(&mut line)? > 2 {
            head.push_str(&line.to_ascii_lowercase());
            line.clear();
        }
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let Some(status) = status else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.split("\r\n").next());
        let mut body = vec![0; length.and_then(|length| length.parse().ok()).unwrap_or(0)];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, head, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

/// A whole request.
pub fn request(body: &str) -> String {
    format!(
        "POST /v1/submissions HTTP/1.1\r\nHost: care.example\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The id of a number.
pub fn id(number: u64) -> String {
    format!("0199f0a1-7c00-7a10-8b20-{number:012x}")
}

/// The smallest complaint with this number.
pub fn complaint(number: u64) -> String {
    format!(
        r#"{{"schema":"all-ears/submission/1","id":"{}","kind":"complaint","created_at":"2026-11-21T10:04:05Z","complaint":{{"text":"My parcel {number} is late."}}}}"#,
        id(number)
    )
}

/// Feedback of about 2 KB with this number, also in its words: what many say word for word looks like spam, and costs more.
pub fn feedback(number: u64) -> String {
    let words = format!("{number:012x} The boots are warm and dry and I would buy them again at any time. ")
        .repeat(26);
    // No number is cut.
    let words: String = words.chars().take(1_852).collect();
    format!(
        r#"{{"schema":"all-ears/submission/1","id":"{}","kind":"feedback","created_at":"2026-11-21T10:04:05Z","site":"https://shop.example","feedback":{{"text":"{words}","topic":"praise"}}}}"#,
        id(number)
    )
}

/// What was promised, as the clients saw it.
#[derive(Debug, Default)]
pub struct Record {
    next: AtomicU64,
    /// Receipts by number.
    pub acknowledged: Mutex<BTreeMap<u64, String>>,
    /// Answers by status, other than 2xx.
    pub others: Mutex<BTreeMap<u16, u64>>,
    /// The first thing that should never have been answered.
    pub wrong: Mutex<Option<String>>,
}

impl Record {
    /// How many were acknowledged.
    pub fn count(&self) -> usize {
        own(&self.acknowledged).len()
    }

    /// Notes an answer; true when the submission is received.
    pub fn note(&self, number: u64, answer: &Answer) -> bool {
        if answer.status != 200 && answer.status != 201 {
            *own(&self.others).entry(answer.status).or_default() += 1;
            if !matches!(answer.status, 429 | 503) {
                *own(&self.wrong) = Some(format!("{number}: {} {}", answer.status, answer.body));
            }
            return false;
        }
        let before = own(&self.acknowledged).insert(number, answer.body.clone());
        if before.is_some_and(|before| before != answer.body) {
            *own(&self.wrong) = Some(format!("{number} got another receipt: {}", answer.body));
        }
        true
    }

    /// Sends new submissions, each until it is received, until told to end or nobody is there any more.
    pub fn send_until(&self, address: &str, ended: &AtomicBool, patience: Duration) {
        let mut client = None;
        'next: while !ended.load(Ordering::Relaxed) {
            let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
            loop {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                let Some(open) = client.as_mut() else {
                    client = Client::open(address).ok();
                    if let Some(client) = &client {
                        let _ = client.patience(patience);
                    } else {
                        thread::sleep(Duration::from_millis(5));
                    }
                    continue;
                };
                match open.post(&complaint(number)) {
                    Ok(answer) if self.note(number, &answer) => continue 'next,
                    Ok(_) => thread::sleep(Duration::from_millis(5)),
                    Err(_) => client = None,
                }
            }
        }
    }

    /// Holds the database against the record: everything is there, once, and sound.
    pub fn check(&self, program: &Program<'_>) -> Result<Value> {
        if let Some(wrong) = self.wrong.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            bail!("{wrong}");
        }
        let ids: Vec<String> = own(&self.acknowledged).keys().map(|number| id(*number)).collect();
        let report = program.verify(&ids)?;
        let missing = report["missing"].as_array().map_or(0, Vec::len);
        if missing > 0 {
            bail!("{missing} of {} acknowledged are missing, such as {}", ids.len(), report["missing"][0]);
        }
        if report["sound"] != true {
            bail!("the database is not sound: {report}");
        }
        Ok(report)
    }

    /// Sends some again: each gets the receipt that it got before.
    pub fn check_receipts(&self, address: &str, most: usize) -> Result<()> {
        let mut client = Client::open(address)?;
        let known = own(&self.acknowledged).clone();
        let step = (known.len() / most.max(1)).max(1);
        for (number, receipt) in known.iter().step_by(step) {
            let answer = client.post(&complaint(*number)).context("asking again")?;
            if answer.status != 200 || &answer.body != receipt {
                bail!("{number} was promised {receipt}, and is now told {} {}", answer.status, answer.body);
            }
        }
        Ok(())
    }
}

/// So many clients for so long, or until the work is done.
pub fn load<T>(record: &Record, address: &str, clients: usize, work: impl FnOnce() -> T) -> T {
    load_with(record, &[address], clients, Duration::from_secs(10), work)
}

/// The same at several receivers, with clients that wait no longer than this.
pub fn load_with<T>(
    record: &Record,
    addresses: &[&str],
    clients: usize,
    patience: Duration,
    work: impl FnOnce() -> T,
) -> T {
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        for number in 0..clients {
            let address = addresses[number % addresses.len()];
            let ended = &ended;
            scope.spawn(move || record.send_until(address, ended, patience));
        }
        let done = work();
        ended.store(true, Ordering::Relaxed);
        done
    })
}

/// Waits until something is so, but not for ever.
pub fn wait_until(most: Duration, what: &str, mut so: impl FnMut() -> bool) -> Result<Duration> {
    let began = Instant::now();
    while !so() {
        if began.elapsed() > most {
            bail!("{what}: not within {most:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(began.elapsed())
}

/// Where a file is written that names ids.
pub fn write_ids(path: &Path, ids: &[String]) -> Result<()> {
    std::fs::write(path, ids.join("\n")).with_context(|| format!("writing {}", path.display()))
}

/// Of sorted times, the one below which so many in a hundred lie.
pub fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort();
    times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default()
}
