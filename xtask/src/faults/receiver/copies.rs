//! R15 and R16: an upgrade that is killed at every step, and a copy that is made while submissions come in.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Bench;
use super::client::{Client, Record, id, load, request};
use super::disk::on_bad_disk;
use super::program::{Program, own};

/// R15: a database of the first version; the upgrade is killed before its first write, its second, and so on, until it
/// comes through. After each kill the next start finds everything.
pub fn upgrade(bench: &Bench) -> Result<String> {
    let fixtures = bench.project.root.join("receiver/tests/fixtures");
    let said = fs::read_to_string(fixtures.join("v1.jsonl"))?;
    let said: Vec<Value> = said.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut kills = 0;
    let stride = bench.many(1, 6) as usize;
    for step in (1..).step_by(stride) {
        let folder = bench.place("R15")?;
        let program = on_bad_disk(bench, &folder)?;
        fs::copy(fixtures.join("v1.sqlite"), &program.db)?;
        fs::write(folder.join("order"), format!("kill now {step}"))?;
        let came_through = program.start().is_ok();
        let healthy = Program::on_file(&bench.program, &folder);
        let running = healthy.start().with_context(|| format!("the start after a kill at step {step}"))?;
        let mut client = Client::open(&running.address)?;
        for line in &said {
            let body = line["body"].as_str().unwrap_or_default();
            client.send(request(body).as_bytes())?;
            let answer = client.answer()?;
            if answer.status != 200 || Some(answer.body.as_str()) != line["receipt"].as_str() {
                bail!("after a kill at step {step}: {} {}", answer.status, answer.body);
            }
        }
        drop(running);
        let report = healthy.verify(&[])?;
        let copied = check_copy(bench, &folder)?;
        if report["sound"] != true
            || report["submissions"] != said.len() as u64
            || copied != said.len() as u64
        {
            bail!("after a kill at step {step}: {report}, and {copied} in the copy");
        }
        if came_through {
            if kills == 0 {
                bail!("no kill came in the way of the upgrade");
            }
            break;
        }
        kills += 1;
    }
    Ok(format!("killed at {kills} steps, {} submissions each time, the copy of before opens", said.len()))
}

/// How many submissions the copy holds that was made before the upgrade.
fn check_copy(bench: &Bench, folder: &Path) -> Result<u64> {
    let place = folder.join("copy");
    fs::create_dir_all(&place)?;
    let program = Program::on_file(&bench.program, &place);
    fs::copy(folder.join("faults.db.v1"), &program.db).context("there is no copy of before the upgrade")?;
    let report = program.verify(&[])?;
    if report["sound"] != true {
        bail!("the copy of before the upgrade is not sound: {report}");
    }
    report["submissions"].as_u64().context("no number")
}

/// R16: copies under load. Each is sound, holds all that was acknowledged before it began, and nothing out of order;
/// restored, it goes on where it was made.
pub fn drill(bench: &Bench) -> Result<String> {
    let folder = bench.place("R16")?;
    let program = Program::on_file(&bench.program, &folder);
    let running = program.start()?;
    let record = Record::default();
    let copies = bench.many(10, 2);
    let mut made = Vec::new();
    load(&record, &running.address, 8, || -> Result<()> {
        for number in 0..copies {
            thread::sleep(Duration::from_millis(400));
            let before: Vec<u64> = own(&record.acknowledged).keys().copied().collect();
            let to = folder.join(format!("copy-{number}.db"));
            let path = to.to_string_lossy().into_owned();
            let (good, told) = program.command(&["backup", "--db", &program.db, "--to", &path])?;
            if !good {
                bail!("backup: {told}");
            }
            made.push((to, before));
        }
        Ok(())
    })?;
    drop(running);
    let total = record.count();
    let mut held = 0;
    for (number, (copy, before)) in made.iter().enumerate() {
        let place = bench.place(&format!("R16-{number}"))?;
        let restored = Program::on_file(&bench.program, &place);
        let copy = copy.to_string_lossy();
        let (good, told) = restored.command(&["restore", "--from", &copy, "--db", &restored.db])?;
        if !good {
            bail!("restore: {told}");
        }
        let ids: Vec<String> = before.iter().map(|number| id(*number)).collect();
        let report = restored.verify(&ids)?;
        let missing = report["missing"].as_array().map_or(0, Vec::len);
        if missing > 0 || report["sound"] != true || report["submissions"] != report["last_seq"] {
            bail!("copy {number}: {missing} missing, {report}");
        }
        held = report["submissions"].as_u64().unwrap_or(0);
        if number + 1 == made.len() {
            let running = restored.start()?;
            goes_on(&record, &running.address, held)?;
        }
    }
    Ok(format!(
        "{copies} copies, the last holds {held} of {total}; all acknowledged before it began, in order"
    ))
}

/// Every customer sends again: those in the copy get their receipt, the others are received now.
fn goes_on(record: &Record, address: &str, held: u64) -> Result<()> {
    let mut client = Client::open(address)?;
    let known = own(&record.acknowledged).clone();
    let mut repeated = 0;
    for (number, receipt) in &known {
        let answer = client.post(&super::client::complaint(*number))?;
        match answer.status {
            200 if &answer.body == receipt => repeated += 1,
            201 => {}
            _ => bail!("{number} hears {} {}", answer.status, answer.body),
        }
    }
    if repeated > held || repeated + 64 < held.min(known.len() as u64) {
        bail!("{repeated} repeats where the copy holds {held}");
    }
    Ok(())
}
