//! R3 and R4: the disk fails, or is full. A small library, preloaded into the receiver, misbehaves as it is told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Bench;
use super::client::{Client, Record, complaint, load, wait_until};
use super::power::nothing_promised_after_a_fault;
use super::program::Program;
use crate::project::which;

const CLIENTS: usize = 8;

/// The library, built once.
pub fn library(bench: &Bench) -> Result<PathBuf> {
    let built = bench.folder.join("disk.so");
    if !built.exists() {
        let compiler = which("cc").context("the tests of the disk need a C compiler, as SQLite does")?;
        let source = bench.project.root.join("xtask/src/faults/receiver/disk.c");
        let mut compiled = Command::new(compiler);
        compiled.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&built).arg(source);
        let output = compiled.args(["-ldl", "-lpthread"]).output()?;
        if !output.status.success() {
            bail!("the misbehaving disk does not compile: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    Ok(built)
}

/// A receiver on a disk that can be told to misbehave.
pub fn on_bad_disk<'a>(bench: &'a Bench, folder: &Path) -> Result<Program<'a>> {
    let order = folder.join("order");
    fs::write(&order, "none")?;
    let program = Program::on_file(&bench.program, folder);
    let db = program.db.clone();
    Ok(program
        .with("LD_PRELOAD", library(bench)?.to_string_lossy())
        .with("ALL_EARS_DISK_DB", db)
        .with("ALL_EARS_DISK_ORDER", order.to_string_lossy()))
}

fn order(folder: &Path, what: &str) -> Result<()> {
    // Renamed into place, so that it is never read half written.
    fs::write(folder.join("order.new"), what)?;
    fs::rename(folder.join("order.new"), folder.join("order"))?;
    Ok(())
}

/// R3: a flush or a write fails with EIO: no 2xx any more, the process ends, and nothing acknowledged is missing.
pub fn fails(bench: &Bench) -> Result<String> {
    let (mut acknowledged, mut slowest, mut runs) = (0, Duration::ZERO, 0);
    let lasting = ["fsync EIO 1", "fsync EIO 3", "write EIO 1", "write EIO 4"];
    // A disk that fails once and then says that all is well has dropped what it was given all the same.
    let passing = ["fsync EIO 1 once", "fsync EIO 3 once", "write EIO 1 once", "write EIO 4 once"];
    for what in lasting.into_iter().chain(passing) {
        for round in 0..bench.many(25, 1) {
            let folder = bench.place(&format!("R3-{}-{round}", what.replace(' ', "-")))?;
            let trace = folder.join("trace");
            let program = on_bad_disk(bench, &folder)?.with("ALL_EARS_DISK_TRACE", trace.to_string_lossy());
            let mut running = program.start()?;
            let address = running.address.clone();
            let record = Record::default();
            let ended_in = load(&record, &address, CLIENTS, || -> Result<Duration> {
                thread::sleep(Duration::from_millis(150));
                order(&folder, what)?;
                let mut good = None;
                let spent = wait_until(Duration::from_secs(5), "the end of the process", || {
                    good = running.ended().ok().flatten();
                    good.is_some()
                })?;
                if good == Some(true) {
                    bail!("{what}: the process ended as if all were well");
                }
                Ok(spent)
            })?;
            slowest = slowest.max(ended_in);
            order(&folder, "none")?;
            nothing_promised_after_a_fault(bench, &trace)?;
            let healthy = Program::on_file(&bench.program, &folder);
            record.check(&healthy)?;
            let running = healthy.start()?;
            record.check_receipts(&running.address, 50)?;
            acknowledged += record.count();
            runs += 1;
        }
    }
    short_writes(bench)?;
    if slowest > Duration::from_secs(3) {
        bail!("the process took {slowest:?} to end");
    }
    Ok(format!("{runs} faults, {acknowledged} acknowledged, 0 missing, ended within {slowest:.0?}"))
}

/// Half of each write arrives: SQLite writes the rest, and everything goes on.
fn short_writes(bench: &Bench) -> Result<()> {
    let folder = bench.place("R3-short")?;
    let program = on_bad_disk(bench, &folder)?;
    let running = program.start()?;
    let record = Record::default();
    load(&record, &running.address, CLIENTS, || -> Result<()> {
        order(&folder, "write short 1")?;
        thread::sleep(Duration::from_millis(300));
        Ok(())
    })?;
    drop(running);
    record.check(&Program::on_file(&bench.program, &folder)).map(drop)
}

/// R4: no room: 503 with `Retry-After`, reading goes on, and it recovers by itself when there is room again.
pub fn full(bench: &Bench) -> Result<String> {
    let folder = bench.place("R4")?;
    let told = by_order(bench, &folder)?;
    let small = bench.place("R4-tmpfs")?;
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "all-ears"]).arg(&small).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        return Ok(format!("{told}; no tmpfs of 8 MiB, since this user may not mount"));
    }
    let outcome = on_small_disk(bench, &small);
    Command::new("umount").arg("-l").arg(&small).status()?;
    Ok(format!("{told}; {}", outcome?))
}

fn by_order(bench: &Bench, folder: &Path) -> Result<String> {
    let program = on_bad_disk(bench, folder)?;
    let running = program.start()?;
    let mut client = Client::open(&running.address)?;
    let first = client.post(&complaint(1))?;
    order(folder, "write ENOSPC 1")?;
    expect_full(&mut client, 2)?;
    let path = first.body.split("/v1/status/").nth(1).and_then(|rest| rest.split('"').next());
    let status = client.get(&format!("/v1/status/{}", path.context("no status address")?))?;
    if status.status != 200 {
        bail!("reading on a full disk: {} {}", status.status, status.body);
    }
    order(folder, "none")?;
    let again = client.post(&complaint(2))?;
    if again.status != 201 {
        bail!("with room again: {} {}", again.status, again.body);
    }
    drop(running);
    let record = Record::default();
    record.note(1, &first);
    record.note(2, &again);
    record.check(&Program::on_file(&bench.program, folder))?;
    Ok("ENOSPC: 503, read, recovered".to_owned())
}

fn expect_full(client: &mut Client, number: u64) -> Result<()> {
    let answer = client.post(&complaint(number))?;
    let named = answer.head.contains("retry-after: ");
    if answer.status == 503 && named { Ok(()) } else { bail!("full: {} {}", answer.status, answer.body) }
}

fn on_small_disk(bench: &Bench, place: &Path) -> Result<String> {
    let program = Program::on_file(&bench.program, place);
    let running = program.start()?;
    let record = Record::default();
    let filler = place.join("filler");
    let until = |so: &dyn Fn() -> bool, what: &str| wait_until(Duration::from_secs(60), what, so).map(drop);
    let refused = || super::program::own(&record.others).get(&503).copied().unwrap_or(0);
    load(&record, &running.address, CLIENTS, || -> Result<()> {
        thread::sleep(Duration::from_millis(100));
        // Somebody else takes all the room.
        let _ = fs::write(&filler, vec![0u8; 8 << 20]);
        until(&|| refused() > 20, "503 on a full disk")?;
        fs::remove_file(&filler)?;
        let before = record.count();
        until(&|| record.count() > before + 20, "going on with room again")
    })?;
    record.check_receipts(&running.address, 50)?;
    drop(running);
    record.check(&program)?;
    Ok(format!("8 MiB tmpfs: {} acknowledged, {} × 503, 0 missing", record.count(), refused()))
}
