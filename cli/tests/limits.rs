//! The limits of the running receiver: how often, how slowly, how many; what it counts and writes down; and that a
//! shutdown answers what has come in.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};

use support::{Client, Running, Scratch, complaint, head};

#[test]
fn whoever_sends_too_often_hears_when_to_come_back() {
    let scratch = Scratch::new();
    let running = Running::start(&scratch.file("rates.db"), &["--rate-per-address", "2"]);
    let mut client = Client::open(&running.address).unwrap();
    let mut from = |address: &str, number: u64| {
        client
            .post_with(&format!("X-Forwarded-For: 203.0.113.99, {address}\r\n"), &complaint(number))
            .unwrap()
    };
    for number in 1..=4 {
        assert_eq!(from("192.0.2.1", number).status, 201);
    }
    let refused = from("192.0.2.1", 5);
    assert_eq!(refused.status, 429);
    let wait = refused.head.split("retry-after: ").nth(1).unwrap().split("\r\n").next().unwrap();
    // Half a minute, less what has passed, and up to a third more.
    assert!((10..=42).contains(&wait.parse::<u64>().unwrap()), "{wait}");
    assert!(refused.body.contains("urn:all-ears:problem:too-many"), "{}", refused.body);
    assert_eq!(from("192.0.2.2", 5).status, 201, "another customer is welcome");
    assert_eq!(from("2001:db8:1:2::1", 6).status, 201);
}

#[test]
fn a_site_has_a_rate_of_its_own() {
    let scratch = Scratch::new();
    let running = Running::start(&scratch.file("sites.db"), &["--rate-per-site", "1"]);
    let mut client = Client::open(&running.address).unwrap();
    let at = |site: &str, number| {
        complaint(number).replace("\"kind\"", &format!("\"site\":\"https://{site}\",\"kind\""))
    };
    let answers = [("shop.example", 1), ("shop.example", 2), ("shop.example", 3), ("care.example", 4)]
        .map(|(site, number)| client.post(&at(site, number)).unwrap().status);
    assert_eq!(answers, [201, 201, 429, 201]);
}

#[test]
fn a_trickling_head_is_cut_off() {
    let scratch = Scratch::new();
    let running = Running::start(&scratch.file("head.db"), &[]);
    let began = Instant::now();
    let mut client = Client::open(&running.address).unwrap();
    client.send("POST /v1/submissions HTTP/1.1\r\nHost: ca");
    assert_eq!(client.rest(), "");
    let spent = began.elapsed();
    assert!(spent > Duration::from_secs(4) && spent < Duration::from_secs(8), "{spent:?}");
}

#[test]
fn a_trickling_body_is_refused() {
    let scratch = Scratch::new();
    let running = Running::start(&scratch.file("body.db"), &[]);
    let began = Instant::now();
    let mut client = Client::open(&running.address).unwrap();
    client.send(&format!("{}{{", head("", 5_000)));
    let answer = client.rest();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("too-slow"));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn it_counts_without_naming_anybody() {
    let scratch = Scratch::new();
    let db = scratch.file("metrics.db");
    let running = Running::start(&db, &[]);
    let mut client = Client::open(&running.address).unwrap();
    for number in 1..=3 {
        client.post(&complaint(number)).unwrap();
    }
    client.post(&complaint(1)).unwrap();
    client.post(&complaint(1).replace("late", "lost")).unwrap();
    client.post("{").unwrap();
    let told = client.get("/metrics", "").body;
    for line in [
        "all_ears_accepted_total 3",
        "all_ears_replays_total 1",
        "all_ears_refused_total{reason=\"id-reused\"} 1",
        "all_ears_refused_total{reason=\"not-json\"} 1",
        "all_ears_queue_depth 0",
        "all_ears_commit_seconds_bucket{le=\"+Inf\"}",
    ] {
        assert!(told.contains(line), "{line} is missing in\n{told}");
    }
    assert_eq!(client.get("/metrics", "X-Forwarded-For: 192.0.2.1\r\n").status, 404);
    assert_eq!(client.get("/healthz", "").body, "ok\n");
    assert_eq!(client.get("/readyz", "").body, "ready\n");
    assert!(Command::new("kill").args(["-TERM", &running.id().to_string()]).status().unwrap().success());
    drop(client);
    assert!(running.wait());
    let log = std::fs::read_to_string(db.with_extension("log")).unwrap();
    let events: Vec<String> = log
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["event"].to_string())
        .collect();
    assert_eq!(events, ["\"started\"", "\"stopping\"", "\"stopped\""]);
    assert!(!log.contains("parcel") && !log.contains("127.0.0.1"), "{log}");
}

#[test]
fn a_shutdown_answers_what_has_come_in() {
    let scratch = Scratch::new();
    let db = scratch.file("shutdown.db");
    let running = Running::start(&db, &[]);
    let body = complaint(1);
    let (first, second) = body.split_at(40);
    let mut client = Client::open(&running.address).unwrap();
    // A receiver that asks for the body has read the head.
    client.send(&format!("{}{first}", head("Expect: 100-continue\r\n", body.len())));
    assert!(client.line().contains("100"));
    assert!(Command::new("kill").args(["-TERM", &running.id().to_string()]).status().unwrap().success());
    // Nobody is let in any more: the shutdown has begun.
    while std::net::TcpStream::connect(&running.address).is_ok_and(|stream| {
        let mut probe = [0];
        stream.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
        std::io::Read::read(&mut &stream, &mut probe).is_err()
    }) {
        assert!(!std::fs::read_to_string(db.with_extension("log")).unwrap().contains("stopped"));
        if std::fs::read_to_string(db.with_extension("log")).unwrap().contains("stopping") {
            break;
        }
    }
    client.send(second);
    let answer = client.rest();
    assert!(answer.contains("HTTP/1.1 201 "), "{answer}");
    assert!(running.wait());
}
