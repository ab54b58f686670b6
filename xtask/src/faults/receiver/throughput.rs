//! R12: how much is enough. Beside what SQLite does alone, and beside another build when one is named: all take turns, so
//! that whatever else the machine does meets all of them.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Bench;
use super::client::{Client, percentile};
use super::flood::flood;
use super::program::{Program, Running, own, own_ms, threads_ms};

/// How long one turn takes.
const TURN: Duration = Duration::from_secs(1);

/// R12: 2 KB bodies, each flushed before it is answered, against SQLite alone in groups of the same size. What counts is
/// the median of the rounds. `--beside FILE` measures another build of the program in the same rounds, `--clients N` with so many only.
pub fn throughput(bench: &Bench) -> Result<String> {
    let delivered = bench.delivered();
    let beside = bench.measuring.beside.as_deref();
    let mut told = Vec::new();
    let few_to_many = bench.measuring.clients.map_or_else(|| vec![16, 64, 256], |clients| vec![clients]);
    for clients in few_to_many {
        let mut builds = vec![Build::start(bench, "R12", "", &delivered, clients)?];
        if let Some(other) = beside {
            builds.push(Build::start(bench, "R12-beside", "the other build, ", other, clients)?);
        }
        for _ in 0..bench.many(9, 1) {
            for build in &mut builds {
                build.turn(clients)?;
            }
        }
        for build in builds {
            let (short, line) = build.told(clients);
            println!("      {line}");
            told.push(short);
        }
    }
    Ok(told.join("; "))
}

/// A build of the program that runs, and what was seen of it.
struct Build<'a> {
    name: &'static str,
    program: Program<'a>,
    running: Running,
    turns: Vec<Turn>,
    times: Vec<Duration>,
    spent: Spent,
    turned_away: u64,
}

/// What was seen in one turn: submissions a second, rows a second of SQLite alone, and how many shared a flush.
struct Turn {
    rate: f64,
    alone: f64,
    group: f64,
}

/// Milliseconds of processor time and what they were spent on: the thread that writes, the receiver's others, the clients,
/// for so many submissions; and SQLite alone for so many rows.
#[derive(Default)]
struct Spent {
    writing: f64,
    serving: f64,
    asking: f64,
    jobs: f64,
    alone: f64,
    rows: f64,
}

impl<'a> Build<'a> {
    fn start(bench: &Bench, place: &str, name: &'static str, file: &'a Path, clients: usize) -> Result<Self> {
        let program = Program::on_file(file, &bench.place(place)?);
        let running = program.start()?;
        flood(&running.address, clients, TURN, || {})?;
        let (turns, times, spent) = Default::default();
        Ok(Self { name, program, running, turns, times, spent, turned_away: 0 })
    }

    fn turn(&mut self, clients: usize) -> Result<()> {
        let address = &self.running.address;
        let process = self.running.id();
        let threads = || [false, true].map(|others| threads_ms(process, "store-write", others));
        let (before, [writing, serving], own_before) = (counters(address)?, threads(), own_ms());
        let began = Instant::now();
        let seen = flood(address, clients, TURN, || {})?;
        let rate = own(&seen.stored).len() as f64 / began.elapsed().as_secs_f64();
        let (after, [written, served], own_after) = (counters(address)?, threads(), own_ms());
        self.spent.writing += written - writing;
        self.spent.serving += served - serving;
        self.spent.asking += own_after[0] - own_before[0];
        self.spent.jobs += after.0 - before.0;
        let refused = own(&seen.statuses)
            .iter()
            .filter(|(status, _)| **status >= 400)
            .map(|(_, count)| count)
            .sum::<u64>();
        self.turned_away += refused + seen.broken.load(Ordering::Relaxed);
        self.times.append(&mut own(&seen.times));
        let group = ((after.0 - before.0) / (after.1 - before.1).max(1.0)).round().max(1.0);
        let rows = (rate * 2.0).max(2_000.0) as u32;
        let alone = alone(&self.program, group, rows)?;
        self.spent.alone += own_ms()[1] - own_after[1];
        self.spent.rows += f64::from(rows);
        self.turns.push(Turn { rate, alone, group });
        Ok(())
    }

    /// In a few words, and with where the time goes: with few cores, what clients and HTTP take is missing to the writer.
    fn told(mut self, clients: usize) -> (String, String) {
        let median = |of: fn(&Turn) -> f64| {
            let mut all: Vec<f64> = self.turns.iter().map(of).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let share = median(|turn| 100.0 * turn.rate / turn.alone);
        let (rate, alone, group) =
            (median(|turn| turn.rate), median(|turn| turn.alone), median(|turn| turn.group));
        let p99 = percentile(&mut self.times, 99);
        let spent = &self.spent;
        let each = |ms: f64| ms * 1e3 / spent.jobs.max(1.0);
        let short = format!(
            "{}{clients} clients: {rate:.0}/s, p99 {p99:.1?}, {share:.0} % of SQLite alone",
            self.name
        );
        let line = format!(
            "{short} ({alone:.0}/s) in groups of {group:.0}; {} turned away; processor time of each: writer {:.0} µs, \
             HTTP and checks {:.0} µs, its client {:.0} µs; a row of SQLite alone {:.0} µs",
            self.turned_away,
            each(spent.writing),
            each(spent.serving),
            each(spent.asking),
            spent.alone * 1e3 / spent.rows.max(1.0),
        );
        (short, line)
    }
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
    let (rows, group) = (rows.to_string(), format!("{group:.0}"));
    let (_, text) = program.command(&["measure", "--file", &file, "--rows", &rows, "--group", &group])?;
    text.split(' ').next().and_then(|rate| rate.parse().ok()).with_context(|| format!("measure says {text}"))
}
