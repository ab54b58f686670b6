//! R1 and R5: the process is killed or frozen while submissions come in.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use super::Bench;
use super::client::{Record, load, load_with, wait_until};
use super::program::Program;
use super::random::Random;

const CLIENTS: usize = 16;
/// Kills of one database. After them a new one begins, so that checking all of it stays quick.
const KILLS_EACH: u32 = 20;
const RESTART_TIME_MAX: Duration = Duration::from_secs(1);

/// R1: killed at random moments; whatever was acknowledged is there.
pub fn kills(bench: &Bench) -> Result<String> {
    let folder = bench.place("R1")?;
    killed(bench, bench.many(1_000, 8), &mut |number| {
        let place = folder.join(number.to_string());
        std::fs::create_dir_all(&place)?;
        Ok(Program::on_file(&bench.program, &place))
    })
}

/// Kills the receiver so many times, on new databases now and then.
pub fn killed<'a>(
    bench: &Bench,
    kills: u32,
    database: &mut dyn FnMut(u32) -> Result<Program<'a>>,
) -> Result<String> {
    let mut random = Random::new(bench.seed);
    let (mut acknowledged, mut slowest, mut done) = (0, Duration::ZERO, 0);
    while done < kills {
        let program = database(done)?;
        let record = Record::default();
        for _ in 0..KILLS_EACH.min(kills - done) {
            let running = program.start()?;
            if done % KILLS_EACH > 0 {
                slowest = slowest.max(running.started_in);
            }
            let wait = Duration::from_millis(random.below(480));
            let address = running.address.clone();
            let before = record.count();
            load(&record, &address, CLIENTS, || {
                // A kill before anything is under way would show nothing.
                wait_until(Duration::from_secs(20), "the first answer", || record.count() > before)?;
                thread::sleep(wait);
                running.kill()
            })?;
            record.check(&program)?;
            done += 1;
        }
        let running = program.start()?;
        record.check_receipts(&running.address, 200)?;
        acknowledged += record.count();
        drop(running);
        if !program.db.starts_with("postgres") {
            let _ = std::fs::remove_dir_all(&program.folder);
        }
    }
    if acknowledged == 0 {
        bail!("nothing was acknowledged, so nothing is shown");
    }
    let told = format!("{done} kills, {acknowledged} acknowledged, 0 missing, slowest restart {slowest:.0?}");
    // A machine that does much else is no measure of the restart, a minute of it would be.
    if slowest > RESTART_TIME_MAX * 5 { bail!("{told}") } else { Ok(told) }
}

/// R5: frozen, so that every client gives up and sends again; then it goes on.
pub fn stopped(bench: &Bench) -> Result<String> {
    let folder = bench.place("R5")?;
    let program = Program::on_file(&bench.program, &folder);
    let running = program.start()?;
    let record = Record::default();
    let frozen = Duration::from_secs(u64::from(bench.many(30, 3)));
    let patience = Duration::from_secs(1);
    load_with(&record, &[&running.address], CLIENTS, patience, || -> Result<()> {
        thread::sleep(Duration::from_millis(500));
        running.signal("STOP")?;
        thread::sleep(frozen);
        running.signal("CONT")?;
        thread::sleep(Duration::from_secs(2));
        Ok(())
    })?;
    record.check_receipts(&running.address, 500)?;
    running.kill()?;
    let report = record.check(&program)?;
    let (rows, known) = (report["submissions"].as_u64().unwrap_or(0), record.count() as u64);
    // Whatever was on its way when the clients were told to end may be a row without an answer.
    if rows < known || rows > known + CLIENTS as u64 {
        bail!("{rows} rows for {known} acknowledged");
    }
    Ok(format!("frozen {} s, {known} acknowledged, {rows} rows, 0 duplicates", frozen.as_secs()))
}
