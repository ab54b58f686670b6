//! Files: customers send large ones at once, and whoever hands in words meanwhile hears of them soon all the same.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Bench;
use super::client::{Client, complaint, feedback, id, percentile};
use super::program::{Program, own};

/// Customers with files, and how many each sends, a complaint for each.
const CUSTOMERS: u64 = 12;
const FILES: u64 = 5;
const FILE_BYTES: usize = 10 << 20;
/// Customers with words alone, each of whom hands some in again and again.
const WRITERS: u64 = 4;
const PAUSE: Duration = Duration::from_millis(20);
/// How soon words are received, also beside files: ninety-nine of a hundred.
const WORDS_TIME_MAX: Duration = Duration::from_millis(250);
/// Beyond, something hangs.
const TIME_MAX: Duration = Duration::from_secs(180);

/// What was seen.
#[derive(Default)]
struct Seen {
    ended: AtomicBool,
    next: AtomicU64,
    words: Mutex<Vec<Duration>>,
    files: AtomicU64,
    turned_away: AtomicU64,
    /// The first thing that should never have been answered.
    wrong: Mutex<Option<String>>,
}

impl Seen {
    fn note_wrong(&self, what: String) {
        own(&self.wrong).get_or_insert(what);
    }
}

/// Twelve customers send five files of 10 MiB each, coming again when they are told to; every file arrives, and words are
/// as quick as they are without.
pub fn beside_words(bench: &Bench) -> Result<String> {
    let folder = bench.place("files")?;
    let config = folder.join("config.json");
    std::fs::write(&config, r#"{"endpoint": "/v1/submissions", "complaint": {"attachments": 5}}"#)?;
    let delivered = bench.delivered();
    let other = bench.measuring.beside.clone().unwrap_or(delivered);
    let program = Program::on_file(&other, &folder).told(&[
        "--config",
        &config.to_string_lossy(),
        "--min-free-mib-for-files",
        "0",
    ]);
    let running = program.start()?;
    let address = running.address.as_str();
    let (alone, seen) = (Seen::default(), Seen::default());
    seen.next.store(1 << 20, Ordering::Relaxed);
    words_meanwhile(address, &alone, || thread::sleep(Duration::from_secs(3)));
    let mut memory = 0;
    let began = Instant::now();
    words_meanwhile(address, &seen, || {
        thread::scope(|scope| {
            for customer in 0..CUSTOMERS {
                let seen = &seen;
                scope.spawn(move || {
                    if let Err(error) = send_files(address, customer, seen) {
                        seen.note_wrong(format!("customer {customer}: {error:#}"));
                    }
                });
            }
            while seen.files.load(Ordering::Relaxed) < CUSTOMERS * FILES
                && own(&seen.wrong).is_none()
                && began.elapsed() < TIME_MAX
            {
                memory = memory.max(running.memory_kib());
                thread::sleep(Duration::from_millis(50));
            }
        });
    });
    let spent = began.elapsed();
    drop(running);
    let report = program.verify(&[])?;
    if let Some(wrong) = own(&alone.wrong).take().or_else(|| own(&seen.wrong).take()) {
        bail!("{wrong}");
    }
    let of = |seen: &Seen, percent| percentile(&mut own(&seen.words), percent);
    let p99 = of(&seen, 99);
    let count = own(&seen.words).len();
    let told = format!(
        "{} files of 10 MiB in {spent:.0?} ({} times told to come again); {count} words beside them p50 {:.1?}, p99 {p99:.0?}, \
         slowest {:.0?} (without files {:.1?} and {:.0?}); {} MiB",
        report["attachments"],
        seen.turned_away.load(Ordering::Relaxed),
        of(&seen, 50),
        of(&seen, 100),
        of(&alone, 50),
        of(&alone, 99),
        memory >> 10
    );
    let whole = report["sound"] == true && report["attachments"] == CUSTOMERS * FILES;
    if whole && p99 <= WORDS_TIME_MAX && memory < 200 << 10 { Ok(told) } else { bail!("{told}") }
}

/// Customers hand words in until the work is done. All of them are received.
fn words_meanwhile(address: &str, seen: &Seen, work: impl FnOnce()) {
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                if let Err(error) = send_words(address, seen) {
                    seen.note_wrong(format!("words: {error:#}"));
                }
            });
        }
        work();
        seen.ended.store(true, Ordering::Relaxed);
    });
}

fn send_words(address: &str, seen: &Seen) -> Result<()> {
    let mut client = Client::open(address)?;
    while !seen.ended.load(Ordering::Relaxed) {
        let number = seen.next.fetch_add(1, Ordering::Relaxed) + 1;
        let began = Instant::now();
        let answer = client.post(&feedback(number))?;
        if answer.status != 201 {
            bail!("{} {}", answer.status, answer.body);
        }
        own(&seen.words).push(began.elapsed());
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// Complaints with a file each, one after the other, each until its file has arrived.
fn send_files(address: &str, customer: u64, seen: &Seen) -> Result<()> {
    let mut body = b"GIF89a".to_vec();
    // Not alike, so that nobody gets away with a short cut.
    body.extend(
        (body.len()..FILE_BYTES).map(|at| ((at as u64).wrapping_mul(0x9e37_79b9 + customer) >> 7) as u8),
    );
    for file in 0..FILES {
        let number = (customer << 8) + file;
        let id = id((1 << 41) + number);
        let named = format!(
            r#""attachments":[{{"id":"{id}","name":"boot.gif","type":"image/gif","bytes":{FILE_BYTES}}}],"text""#
        );
        let words = complaint((1 << 40) + number).replace("\"text\"", &named);
        let receipt = Client::open(address)?.post(&words)?;
        let read: Value = serde_json::from_str(&receipt.body)?;
        let upload = read["upload_url"].as_str().with_context(|| format!("no address: {}", receipt.body))?;
        let path = upload.replace("http://care.example", "").replace("{id}", &id);
        let head = format!(
            "PUT {path} HTTP/1.1\r\nHost: care.example\r\nX-Forwarded-For: 192.0.2.{}\r\nContent-Length: {FILE_BYTES}\r\n\r\n",
            customer + 1
        );
        while !arrives(address, &head, &body, seen)? {}
        seen.files.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

/// Sends a file once. Whoever is told to come again waits as long as they are told.
fn arrives(address: &str, head: &str, body: &[u8], seen: &Seen) -> Result<bool> {
    let mut client = Client::open(address)?;
    client.patience(TIME_MAX)?;
    client.send(head.as_bytes())?;
    // A refusal may come before the end, and closes the line then.
    let _ = client.send(body);
    let Ok(answer) = client.answer() else { return Ok(false) };
    match answer.status {
        200 | 201 => Ok(true),
        429 | 503 | 507 => {
            seen.turned_away.fetch_add(1, Ordering::Relaxed);
            let after = answer.head.split("retry-after: ").nth(1).and_then(|rest| rest.split("\r\n").next());
            let after: u64 = after.and_then(|seconds| seconds.parse().ok()).context("no Retry-After")?;
            thread::sleep(Duration::from_secs(after));
            Ok(false)
        }
        other => bail!("{other} {}", answer.body),
    }
}
