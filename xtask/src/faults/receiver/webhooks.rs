//! R14: endpoints of webhooks that fail in every way they know, while receivers are killed between the commit and the
//! telling. Whatever was acknowledged is told, or still stands in the outbox.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Bench;
use super::client::{Client, Record, complaint, id, load_with, wait_until};
use super::program::{Program, own};
use super::random::Random;
use super::sink::{Answer, SECRET, Sink};
use crate::postgres::Server;

const CLIENTS: usize = 8;
/// Waits between tries, in seconds: those of Standard Webhooks.
const WAITS_S: [f64; 9] = [5., 300., 1_800., 7_200., 18_000., 36_000., 50_400., 72_000., 86_400.];
/// How far a wait may be off, beyond what the machine itself takes.
const OFF_MAX: f64 = 1.10;
const MACHINE_S: f64 = 0.15;
/// How long the last tries may take: those that a kill cut off belong to the dead for as long as a try may take.
const REST_TIME_MAX: Duration = Duration::from_secs(90);
/// The speed of the plan in the test with kills: 2 hours pass in a bit more than a second.
const SPEED: &str = "5000";

/// A file of webhooks for these sinks.
fn file(folder: &std::path::Path, sinks: &[(&str, &Sink)]) -> Result<String> {
    let webhook = |(name, sink): &(&str, &Sink)| json!({"name": name, "url": sink.url, "secret": SECRET, "internal": true, "timeout_seconds": 2});
    let all: Vec<Value> = sinks.iter().map(webhook).collect();
    let path = folder.join("webhooks.json");
    std::fs::write(&path, json!({"webhooks": all}).to_string())?;
    Ok(path.to_string_lossy().into_owned())
}

/// What still stands in the outbox: state by webhook and id.
fn outbox(program: &Program<'_>) -> Result<BTreeMap<(String, String), String>> {
    let (well, text) = program.command(&["webhooks", "--json", "--db", &program.db])?;
    if !well {
        bail!("webhooks says: {text}");
    }
    let mut all = BTreeMap::new();
    for line in text.lines() {
        let letter: Value = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let word = |key: &str| letter[key].as_str().unwrap_or_default().to_owned();
        all.insert((word("webhook"), word("id")), word("state"));
    }
    Ok(all)
}

/// R14: on SQLite, and the plan of tries itself.
pub fn on_file(bench: &Bench) -> Result<String> {
    let schedule = schedule(bench)?;
    let folder = bench.place("R14")?;
    let program = Program::on_file(&bench.program, &folder);
    let told = killed(bench, &program, 1, bench.many(60, 3))?;
    Ok(format!("{told}; {schedule}"))
}

/// R14p: the same with two receivers on one Postgres database.
pub fn on_postgres(bench: &Bench) -> Result<String> {
    let server = Server::start(&bench.project)?;
    let folder = bench.place("R14p")?;
    let program = Program::on(&bench.program, server.database("webhooks")?, &folder);
    killed(bench, &program, 2, bench.many(60, 3))
}

fn killed(bench: &Bench, program: &Program<'_>, receivers: usize, kills: u32) -> Result<String> {
    let trap = Sink::new(|_, _| Answer::Status(200));
    let moved = trap.url.clone();
    let steady = Sink::new(|_, _| Answer::Status(200));
    // One message in eight fails three times, each time in another way.
    let flaky = Sink::new(|id, tries| match tries {
        _ if !id.ends_with(['0', '8']) => Answer::Status(200),
        1 => Answer::Status(500),
        2 => Answer::Cut,
        3 => Answer::Later(0),
        _ => Answer::Status(204),
    });
    let slow = Sink::new(|_, _| Answer::After(Duration::from_millis(20)));
    let redirecting = Sink::new(move |_, _| Answer::Moved(moved.clone()));
    let gone = Sink::new(|_, _| Answer::Status(410));
    let silent = Sink::new(|_, _| Answer::Nothing);
    let well = [("steady", &steady), ("flaky", &flaky), ("slow", &slow)];
    let ill = [("moved", &redirecting), ("gone", &gone), ("silent", &silent)];
    let file = file(&program.folder, &[&well[..], &ill[..]].concat())?;
    let program = program.clone().told(&["--webhooks", &file]).with("ALL_EARS_TEST_WEBHOOK_SPEED", SPEED);
    let mut random = Random::new(bench.seed);
    let record = Record::default();
    let mut running = (0..receivers).map(|_| program.start()).collect::<Result<Vec<_>>>()?;
    for _ in 0..kills {
        let addresses: Vec<String> = running.iter().map(|running| running.address.clone()).collect();
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let before = record.count();
        let victim = running.remove(0);
        load_with(&record, &addresses, CLIENTS, Duration::from_secs(5), || {
            wait_until(Duration::from_secs(20), "the first answer", || record.count() > before)?;
            thread::sleep(Duration::from_millis(random.below(150)));
            victim.kill()
        })?;
        running.push(program.start()?);
    }
    let known: BTreeSet<String> = own(&record.acknowledged).keys().map(|number| id(*number)).collect();
    let rest = wait_until(REST_TIME_MAX, "everything told", || {
        thread::sleep(Duration::from_millis(200));
        well.iter().all(|(_, sink)| known.is_subset(&sink.received()))
    });
    let missing = |sink: &Sink| known.difference(&sink.received()).count();
    let rest =
        rest.with_context(|| format!("missing: {:?}", well.map(|(name, sink)| (name, missing(sink)))))?;
    drop(running);
    record.check(&program)?;
    if !trap.received().is_empty() {
        bail!("a redirect was followed");
    }
    for (name, sink) in well.iter().chain(&ill) {
        let wrong = sink.unsigned();
        if wrong > 0 {
            bail!("{name}: {wrong} signatures do not verify");
        }
    }
    let left = outbox(&program)?;
    for (name, _) in ill {
        let lost = known.iter().filter(|id| !left.contains_key(&(name.to_owned(), (*id).clone()))).count();
        if lost > 0 {
            bail!("{name}: {lost} were neither told nor do they wait");
        }
    }
    let twice: u64 = [&steady, &slow].iter().map(|sink| sink.repeats()).sum();
    Ok(format!(
        "{kills} kills, {} acknowledged, all told to 3 endpoints ({twice} repeats, same ids) within {rest:.0?} of the \
         last kill, all waiting for 3 that redirect, are gone, or say nothing; every signature verifies",
        known.len()
    ))
}

/// One message to an endpoint that always fails: tried as planned, given up after the tenth time, told on demand.
fn schedule(bench: &Bench) -> Result<String> {
    let folder = bench.place("R14-plan")?;
    let sink =
        Sink::new(|_, tries| Answer::Status(if tries <= WAITS_S.len() as u64 + 1 { 500 } else { 200 }));
    let file = file(&folder, &[("failing", &sink)])?;
    let speed = if bench.short { 60_000. } else { 5_000. };
    let program = Program::on_file(&bench.program, &folder)
        .told(&["--webhooks", &file])
        .with("ALL_EARS_TEST_WEBHOOK_SPEED", format!("{speed:.0}"));
    let running = program.start()?;
    let answer = Client::open(&running.address)?.post(&complaint(1))?;
    if answer.status != 201 {
        bail!("{} {}", answer.status, answer.body);
    }
    let key = ("failing".to_owned(), id(1));
    let dead = || outbox(&program).is_ok_and(|left| left.get(&key).is_some_and(|state| state == "dead"));
    wait_until(Duration::from_secs(120), "giving up", || {
        thread::sleep(Duration::from_millis(200));
        dead()
    })?;
    let times = sink.times();
    let waits: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    if waits.len() != WAITS_S.len() {
        bail!("{} tries", times.len());
    }
    let mut worst: f64 = 0.;
    for (wait, planned) in waits.iter().zip(WAITS_S) {
        let planned = planned / speed;
        if !(planned - 0.005..=planned * OFF_MAX + MACHINE_S).contains(wait) {
            bail!("a wait of {wait:.3} s where {planned:.3} s is planned: {waits:.3?}");
        }
        // Short ones say more about the machine.
        if planned > 1. {
            worst = worst.max(100. * (wait / planned - 1.));
        }
    }
    let began = Instant::now();
    program.command(&["webhooks", "--replay", "failing", "--db", &program.db])?;
    wait_until(Duration::from_secs(20), "the replay", || {
        thread::sleep(Duration::from_millis(50));
        outbox(&program).is_ok_and(|left| left.is_empty())
    })?;
    if sink.unsigned() > 0 || sink.received().len() != 1 || running.address.is_empty() {
        bail!("the replay was not received");
    }
    Ok(format!(
        "10 tries as planned (at most {worst:.1} % late), then given up, and told {:.1} s after `--replay`",
        began.elapsed().as_secs_f32()
    ))
}
