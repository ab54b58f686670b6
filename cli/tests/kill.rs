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

/// Every other file is large, and so comes in parts.
fn file_bytes(number: u64) -> usize {
    if number.is_multiple_of(2) { 200_000 } else { 900_000 }
}

#[test]
fn a_file_that_was_acknowledged_survives_a_kill() {
    let scratch = Scratch::new();
    let db = scratch.file("kill-files.db");
    let config = scratch.file("config.json");
    std::fs::write(&config, r#"{"endpoint": "/v1/submissions", "complaint": {"attachments": 5}}"#).unwrap();
    let config = config.to_string_lossy().into_owned();
    let next = AtomicU64::new(1);
    let acknowledged = Mutex::new(Vec::new());
    for round in 0..ROUNDS {
        let running = Running::start(&db, &["--config", &config, "--file-mib-per-site", "0"]);
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| put_until_killed(&running.address, &next, &acknowledged));
            }
            thread::sleep(Duration::from_millis(150 + 83 * round));
            kill(running.id());
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() > 10, "only {} were acknowledged", acknowledged.len());
    let told = support::run(&["verify", "--json", "--db", &db.to_string_lossy()]);
    let report: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(report["sound"], true, "{report}");
    let connection = rusqlite::Connection::open(&db).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    for number in &acknowledged {
        let whole = format!(
            "SELECT count(*) FROM attachments a WHERE id = '{}' AND received_ms IS NOT NULL AND {} = length(body) + \
             (SELECT coalesce(sum(length(p.body)), 0) FROM attachment_parts p WHERE p.attachment_seq = a.seq AND of_sha256 = body_sha256)",
            file_id(*number),
            file_bytes(*number)
        );
        assert_eq!(count(&whole), 1, "file {number} was lost");
    }
    assert_eq!(count("SELECT count(*) FROM attachments WHERE received_ms IS NULL AND length(body) > 0"), 0);
    println!("{ROUNDS} kills, {} files acknowledged, 0 lost", acknowledged.len());
}

fn file_id(number: u64) -> String {
    format!("0199f0a1-7c01-7a10-8b20-{number:012x}")
}

fn put_until_killed(address: &str, next: &AtomicU64, acknowledged: &Mutex<Vec<u64>>) {
    let Ok(mut client) = Client::open(address) else { return };
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let length = file_bytes(number);
        let body = format!("GIF89a{}", "x".repeat(length - 6));
        let id = file_id(number);
        let named = format!(
            r#""attachments":[{{"id":"{id}","name":"boot.gif","type":"image/gif","bytes":{length}}}],"text""#
        );
        let Ok(receipt) = client.post(&complaint(number).replace("\"text\"", &named)) else { return };
        assert_eq!(receipt.status, 201, "{}", receipt.body);
        let read: serde_json::Value = serde_json::from_str(&receipt.body).unwrap();
        let path =
            read["upload_url"].as_str().unwrap().replace("http://care.example", "").replace("{id}", &id);
        let head = format!("PUT {path} HTTP/1.1\r\nHost: care.example\r\nContent-Length: {length}\r\n\r\n");
        match client.ask(&format!("{head}{body}")) {
            Ok(answer) if answer.status == 201 => acknowledged.lock().unwrap().push(number),
            // All places are taken.
            Ok(answer) if answer.status == 503 => return,
            Ok(answer) => panic!("{}: {}", answer.status, answer.body),
            Err(_) => return,
        }
    }
}

/// As a power switch would: SIGKILL leaves no time for anything.
fn kill(id: u32) {
    assert!(std::process::Command::new("kill").args(["-9", &id.to_string()]).status().unwrap().success());
}
