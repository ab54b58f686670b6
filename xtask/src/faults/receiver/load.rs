//! R7, R9 and R12: the same id at once, too much at once, and how much is enough.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Bench;
use super::client::{Client, complaint, feedback, id, percentile};
use super::program::{Program, own};

/// All that comes is of one site, and it is the machine that is to be measured.
const UNRATED: [&str; 2] = ["--rate-per-site", "0"];

/// R7: each id comes from 64 connections at the same moment: one row, one receipt.
pub fn same_id(bench: &Bench) -> Result<String> {
    let folder = bench.place("R7")?;
    let program = Program::on_file(&bench.program, &folder);
    let running = program.start()?;
    let ids = u64::from(bench.many(1_000, 40));
    let told = at_once(&[&running.address], ids, 64)?;
    drop(running);
    let report = program.verify(&[])?;
    if report["submissions"] != ids || report["sound"] != true {
        bail!("{} rows for {ids} ids", report["submissions"]);
    }
    Ok(told)
}

/// So many ids, each from so many connections, spread over the receivers.
pub fn at_once(addresses: &[&str], ids: u64, connections: usize) -> Result<String> {
    let gate = Barrier::new(connections);
    let seen: Mutex<BTreeMap<u64, (u64, BTreeSet<String>)>> = Mutex::default();
    let trouble: Mutex<Option<String>> = Mutex::default();
    thread::scope(|scope| {
        for connection in 0..connections {
            let (gate, seen, trouble) = (&gate, &seen, &trouble);
            let address = addresses[connection % addresses.len()];
            scope.spawn(move || {
                let mut client = Client::open(address).ok();
                for number in 1..=ids {
                    gate.wait();
                    let answer = client.as_mut().map(|client| client.post(&complaint(number)));
                    match answer {
                        Some(Ok(answer)) if matches!(answer.status, 200 | 201) => {
                            let mut seen = own(seen);
                            let entry = seen.entry(number).or_default();
                            entry.0 += u64::from(answer.status == 201);
                            entry.1.insert(answer.body);
                        }
                        other => *own(trouble) = Some(format!("{number}: {other:?}")),
                    }
                }
            });
        }
    });
    if let Some(trouble) = own(&trouble).as_ref() {
        bail!("{trouble}");
    }
    let seen = own(&seen);
    for (number, (created, receipts)) in seen.iter() {
        if *created != 1 || receipts.len() != 1 {
            bail!("id {number}: created {created} times, {} receipts", receipts.len());
        }
    }
    Ok(format!("{} ids × {connections} connections, 1 row and 1 receipt each", seen.len()))
}

/// What many clients saw.
#[derive(Default)]
struct Seen {
    statuses: Mutex<BTreeMap<u16, u64>>,
    times: Mutex<Vec<Duration>>,
    broken: AtomicU64,
    stored: Mutex<Vec<String>>,
    next: AtomicU64,
}

impl Seen {
    /// Sends 2 KB after 2 KB, and never waits as it is told.
    fn send(&self, address: &str, ended: &AtomicBool) {
        let (mut times, mut stored) = (Vec::new(), Vec::new());
        let mut statuses: BTreeMap<u16, u64> = BTreeMap::new();
        let mut client = None;
        while !ended.load(Ordering::Relaxed) {
            let Some(open) = client.as_mut() else {
                client = Client::open(address).ok();
                continue;
            };
            let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
            let body = feedback(number);
            let began = Instant::now();
            match open.post(&body) {
                Ok(answer) => {
                    *statuses.entry(answer.status).or_default() += 1;
                    if answer.status == 201 {
                        times.push(began.elapsed());
                        stored.push(id(number));
                    }
                }
                Err(_) => {
                    self.broken.fetch_add(1, Ordering::Relaxed);
                    client = None;
                }
            }
        }
        own(&self.times).append(&mut times);
        own(&self.stored).append(&mut stored);
        for (status, count) in statuses {
            *own(&self.statuses).entry(status).or_default() += count;
        }
    }
}

fn drive(address: &str, clients: usize, time: Duration, mut each: impl FnMut()) -> Seen {
    let seen = Seen::default();
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| seen.send(address, &ended));
        }
        let began = Instant::now();
        while began.elapsed() < time {
            thread::sleep(Duration::from_millis(100));
            each();
        }
        ended.store(true, Ordering::Relaxed);
    });
    seen
}

/// R9: far more clients than can be served, none of which waits: only 2xx, 429 and 503, and what is accepted is quick.
pub fn overload(bench: &Bench) -> Result<String> {
    let folder = bench.place("R9")?;
    let delivered = bench.delivered();
    let program = Program::on_file(&delivered, &folder).told(&UNRATED);
    let running = program.start()?;
    let time = Duration::from_secs(u64::from(bench.many(60, 5)));
    let mut memory = 0;
    // Sixteen clients are enough to keep it busy; this is more than fifty times as many, each without a pause.
    let seen = drive(&running.address, 900, time, || memory = memory.max(running.memory_kib()));
    drop(running);
    let statuses = own(&seen.statuses).clone();
    let stored = own(&seen.stored).clone();
    let report = program.verify(&stored)?;
    let missing = report["missing"].as_array().map_or(0, Vec::len);
    let p99 = percentile(&mut own(&seen.times), 99);
    let broken = seen.broken.load(Ordering::Relaxed);
    let told = format!(
        "{statuses:?}, {broken} broken, accepted p99 {p99:.0?}, {:.0}/s, {} MiB, {missing} missing",
        stored.len() as f64 / time.as_secs_f64(),
        memory >> 10
    );
    let odd = statuses.keys().any(|status| !matches!(status, 200 | 201 | 429 | 503));
    let bad = odd || missing > 0 || broken > 0 || stored.is_empty() || memory > 150 << 10;
    if bad || p99 > Duration::from_millis(250) { bail!("{told}") } else { Ok(told) }
}

/// R12: 2 KB bodies, each flushed before it is answered, against what SQLite does alone in groups of the same size.
pub fn throughput(bench: &Bench) -> Result<String> {
    let delivered = bench.delivered();
    let mut best = (0.0, String::new());
    for clients in [16, 64, 256] {
        let folder = bench.place("R12")?;
        let program = Program::on_file(&delivered, &folder).told(&UNRATED);
        let running = program.start()?;
        drive(&running.address, clients, Duration::from_secs(1), || {});
        let before = counters(&running.address)?;
        let began = Instant::now();
        let time = Duration::from_secs(u64::from(bench.many(10, 2)));
        let seen = drive(&running.address, clients, time, || {});
        let spent = began.elapsed().as_secs_f64();
        let after = counters(&running.address)?;
        drop(running);
        let (jobs, groups) = (after.0 - before.0, after.1 - before.1);
        let group = (jobs / groups.max(1.0)).round().max(1.0);
        let rate = own(&seen.stored).len() as f64 / spent;
        let p99 = percentile(&mut own(&seen.times), 99);
        let alone = alone(&program, group, (rate * 4.0) as u32)?;
        let share = 100.0 * rate / alone;
        let told = format!(
            "{clients} clients: {rate:.0}/s, p99 {p99:.1?}, groups of {group:.0}; SQLite alone {alone:.0}/s: {share:.0} %"
        );
        println!("      {told}");
        if share > best.0 {
            best = (share, told);
        }
    }
    Ok(best.1)
}

/// Jobs and groups so far.
fn counters(address: &str) -> Result<(f64, f64)> {
    let told = Client::open(address)?.get("/metrics")?.body;
    let read = |name: &str| {
        let line = told.lines().find(|line| line.starts_with(&format!("{name} ")));
        line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).with_context(|| format!("no {name}"))
    };
    Ok((read("all_ears_stored_jobs_total")?, read("all_ears_commit_seconds_count")?))
}

fn alone(program: &Program<'_>, group: f64, rows: u32) -> Result<f64> {
    let file = program.folder.join("alone.db");
    let file = file.to_string_lossy();
    let (rows, group) = (rows.max(2_000).to_string(), format!("{group:.0}"));
    let (_, text) = program.command(&["measure", "--file", &file, "--rows", &rows, "--group", &group])?;
    text.split(' ').next().and_then(|rate| rate.parse().ok()).with_context(|| format!("measure says {text}"))
}
