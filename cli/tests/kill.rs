//! A receiver that is killed without a warning, again and again, while it takes submissions in: whatever it
//! acknowledged is there afterwards, once, with the same receipt.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use support::{Client, Running, Scratch, complaint};

const ROUNDS: u64 = 6;
const CLIENTS: usize = 8;

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let scratch = Scratch::new();
    let db = scratch.file("kill.db");
    let next = AtomicU64::new(1);
    let acknowledged = Mutex::new(BTreeMap::new());
    for round in 0..ROUNDS {
        let running = Running::start(&db, &[]);
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| send_until_killed(&running.address, &next, &acknowledged));
            }
            thread::sleep(Duration::from_millis(60 + 47 * round));
            kill(running.id());
        });
    }
    let began = Instant::now();
    let running = Running::start(&db, &[]);
    assert!(began.elapsed() < Duration::from_secs(5), "a restart takes {:?}", began.elapsed());
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() > 50, "only {} were acknowledged", acknowledged.len());
    let mut client = Client::open(&running.address).unwrap();
    for (number, receipt) in &acknowledged {
        let answer = client.post(&complaint(*number)).unwrap();
        assert_eq!((answer.status, &answer.body), (200, receipt), "submission {number} was lost or changed");
        assert!(answer.head.contains("idempotent-replay: true"));
    }
    let connection = rusqlite::Connection::open(&db).unwrap();
    let report: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(report, "ok");
    println!("{ROUNDS} kills, {} acknowledged, 0 lost", acknowledged.len());
}

fn send_until_killed(address: &str, next: &AtomicU64, acknowledged: &Mutex<BTreeMap<u64, String>>) {
    let Ok(mut client) = Client::open(address) else { return };
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        match client.post(&complaint(number)) {
            Ok(answer) if answer.status == 201 => {
                acknowledged.lock().unwrap().insert(number, answer.body);
            }
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            Err(_) => return,
        }
    }
}

/// As a power switch would: SIGKILL leaves no time for anything.
fn kill(id: u32) {
    assert!(std::process::Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success());
}
