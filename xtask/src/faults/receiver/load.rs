//! R7, R9 and R12: the same id at once, too much at once, and how much is enough.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::Bench;
use super::client::{Client, complaint, percentile};
use super::flood::flood;
use super::program::{Program, own, processor_ms};

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

/// R9: far more clients than can be served, none of which waits: only 2xx, 429 and 503, and what is accepted is quick.
pub fn overload(bench: &Bench) -> Result<String> {
    let folder = bench.place("R9")?;
    let delivered = bench.delivered();
    let program = Program::on_file(&delivered, &folder);
    let running = program.start()?;
    let time = Duration::from_secs(u64::from(bench.many(60, 5)));
    let mut memory = 0;
    // Sixteen clients are enough to keep it busy; this is more than fifty times as many, each without a pause.
    let seen = flood(&running.address, 900, time, || memory = memory.max(running.memory_kib()))?;
    let inside = answered_within(&running.address, 99)?;
    drop(running);
    let statuses = own(&seen.statuses).clone();
    let stored = own(&seen.stored).clone();
    let report = program.verify(&stored)?;
    let missing = report["missing"].as_array().map_or(0, Vec::len);
    let p99 = percentile(&mut own(&seen.times), 99);
    let broken = seen.broken.load(Ordering::Relaxed);
    let told = format!(
        "{statuses:?}, {broken} broken, accepted p99 {p99:.0?} (of it in the receiver ≤ {inside} ms), {:.0}/s, {} MiB, {missing} missing",
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
        let program = Program::on_file(&delivered, &folder);
        let running = program.start()?;
        flood(&running.address, clients, Duration::from_secs(1), || {})?;
        let before = counters(&running.address)?;
        let spent_before = processor(running.id());
        let began = Instant::now();
        let time = Duration::from_secs(u64::from(bench.many(10, 2)));
        let seen = flood(&running.address, clients, time, || {})?;
        let spent = began.elapsed().as_secs_f64();
        let after = counters(&running.address)?;
        let spent_after = processor(running.id());
        drop(running);
        let (jobs, groups) = (after.0 - before.0, after.1 - before.1);
        let group = (jobs / groups.max(1.0)).round().max(1.0);
        let rate = own(&seen.stored).len() as f64 / spent;
        let p99 = percentile(&mut own(&seen.times), 99);
        let alone = alone(&program, group, (rate * 4.0) as u32)?;
        let share = 100.0 * rate / alone;
        // Where the time goes: with few cores, what clients and HTTP take is missing to the writer.
        let [writing, serving, asking] =
            [0, 1, 2].map(|at| (spent_after[at] - spent_before[at]) * 1e3 / jobs.max(1.0));
        let told = format!(
            "{clients} clients: {rate:.0}/s, p99 {p99:.1?}, groups of {group:.0}; SQLite alone {alone:.0}/s: {share:.0} % \
             (processor time of each: writer {writing:.0} µs, HTTP and checks {serving:.0} µs, its client {asking:.0} µs)"
        );
        println!("      {told}");
        if share > best.0 {
            best = (share, told);
        }
    }
    Ok(best.1)
}

/// Milliseconds of processor time so far: of the thread that writes, of the receiver's others, and of the clients.
fn processor(receiver: u32) -> [f64; 3] {
    let (writer, own) = ("store-write", std::process::id());
    [processor_ms(receiver, writer, false), processor_ms(receiver, writer, true), processor_ms(own, "", true)]
}

/// Within how many milliseconds so many of a hundred submissions were answered, by the receiver's own count.
fn answered_within(address: &str, percent: u64) -> Result<f64> {
    let told = Client::open(address)?.get("/metrics")?.body;
    let mut classes = Vec::new();
    for line in told.lines() {
        let Some(rest) = line.strip_prefix("all_ears_answer_seconds_bucket{le=\"") else { continue };
        let Some((bound, count)) = rest.split_once("\"} ") else { continue };
        classes.push((bound.parse().unwrap_or(f64::INFINITY), count.parse::<u64>()?));
    }
    let all = classes.last().context("no times of answers")?.1;
    let found = classes.iter().find(|(_, count)| count * 100 >= all * percent);
    Ok(found.map_or(f64::INFINITY, |(bound, _)| bound * 1e3))
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
