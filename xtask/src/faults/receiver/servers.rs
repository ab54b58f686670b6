//! R17: the same with Postgres: the receiver is killed, the server is killed, two receivers work on one database.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use super::Bench;
use super::client::{Client, Record, load_with, wait_until};
use super::kills::killed;
use super::load::at_once;
use super::program::Program;
use super::random::Random;
use crate::postgres::Server;

/// R17a: as R1.
pub fn receiver_killed(bench: &Bench) -> Result<String> {
    let server = Server::start(&bench.project)?;
    let folder = bench.place("R17a")?;
    killed(bench, bench.many(200, 3), &mut |number| {
        let db = server.database(&format!("killed_{number}"))?;
        Ok(Program::on(&bench.program, db, &folder))
    })
}

/// R17b: the server is killed in the middle of commits; two receivers live on and find it again.
pub fn server_killed(bench: &Bench) -> Result<String> {
    let mut server = Server::start(&bench.project)?;
    let folder = bench.place("R17b")?;
    let db = server.database("killed")?;
    let program = Program::on(&bench.program, db, &folder);
    let (mut first, mut second) = (program.start()?, program.start()?);
    let record = Record::default();
    let mut random = Random::new(bench.seed);
    let kills = bench.many(100, 2);
    let mut slowest = Duration::ZERO;
    let addresses = [first.address.clone(), second.address.clone()];
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    load_with(&record, &addresses, 16, Duration::from_secs(5), || -> Result<()> {
        for _ in 0..kills {
            thread::sleep(Duration::from_millis(100 + random.below(300)));
            server.kill()?;
            server.restart()?;
            let before = record.count();
            let back =
                wait_until(Duration::from_secs(20), "taking in again", || record.count() > before + 16)?;
            slowest = slowest.max(back);
        }
        Ok(())
    })?;
    if first.ended()?.is_some() || second.ended()?.is_some() {
        bail!("a receiver has ended with its server");
    }
    record.check_receipts(addresses[0], 200)?;
    record.check_receipts(addresses[1], 200)?;
    let ready = Client::open(addresses[0])?.get("/readyz")?;
    if ready.status != 200 {
        bail!("not ready afterwards: {}", ready.body);
    }
    let report = record.check(&program)?;
    let told = format!(
        "{kills} kills, {} acknowledged, {} rows, 0 missing, taking in again after {slowest:.1?} at most",
        record.count(),
        report["submissions"]
    );
    Ok(told)
}

/// R17c: as R7, with each id at two receivers at once; their transactions meet.
pub fn two_receivers(bench: &Bench) -> Result<String> {
    let server = Server::start(&bench.project)?;
    let folder = bench.place("R17c")?;
    let program = Program::on(&bench.program, server.database("shared")?, &folder);
    let (first, second) = (program.start()?, program.start()?);
    let ids = u64::from(bench.many(500, 30));
    let told = at_once(&[&first.address, &second.address], ids, 64)?;
    drop((first, second));
    let report = program.verify(&[])?;
    if report["submissions"] != ids || report["sound"] != true || report["events"] != ids {
        bail!("{report} for {ids} ids");
    }
    Ok(told)
}

/// R17d: a server that lets only encrypted connections in: its certificate and its name are looked at, and after a kill
/// the connection comes back encrypted.
pub fn encrypted(bench: &Bench) -> Result<String> {
    let mut server = Server::start(&bench.project)?;
    server.database("encrypted")?;
    let (certificate, port) = server.encrypt()?;
    let folder = bench.place("R17d")?;
    let root = certificate.to_string_lossy();
    let at = |host: &str, query: &str| {
        let db = format!("postgres://tests@{host}:{port}/encrypted{query}");
        Program::on(&bench.program, db, &folder)
    };
    let believed = format!("?sslmode=verify-full&sslrootcert={root}");
    for (reason, host, query) in [
        ("no encryption", "localhost", String::new()),
        ("UnknownIssuer", "localhost", "?sslmode=require".to_owned()),
        ("not valid for name", "127.0.0.1", believed.clone()),
    ] {
        match at(host, &query).start() {
            Ok(_) => bail!("{reason}: the receiver started"),
            Err(error) if error.to_string().contains(reason) => {}
            Err(error) => bail!("{reason} was expected: {error}"),
        }
    }
    let program = at("localhost", &believed);
    let running = program.start()?;
    let record = Record::default();
    load_with(&record, &[&running.address], 4, Duration::from_secs(5), || -> Result<()> {
        for _ in 0..bench.many(5, 1) {
            let before = record.count();
            wait_until(Duration::from_secs(20), "taking in", || record.count() > before + 16)?;
            server.kill()?;
            server.restart()?;
            let before = record.count();
            wait_until(Duration::from_secs(20), "taking in again", || record.count() > before + 16)?;
        }
        Ok(())
    })?;
    record.check(&program)?;
    let told = format!(
        "{} acknowledged over TLS, 0 missing; refused: no TLS, unknown certificate, other name",
        record.count()
    );
    Ok(told)
}
