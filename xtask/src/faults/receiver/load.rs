//! R7 and R9: the same id at once, and too much at once.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use super::client::{Client, complaint, id, percentile};
use super::flood::flood;
use super::program::{Program, own};

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
    let stored: Vec<String> = own(&seen.stored).iter().map(|number| id(*number)).collect();
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
