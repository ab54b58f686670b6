//! The database: what it refuses to open, what it never lets happen, and how it behaves when there is too much to do.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::sync::Arc;

use axum::http::StatusCode;
use domain::submission::Kind;
use receiver::Store;
use receiver::store::{Format, export};
use rusqlite::Connection;
use support::{Place, Scratch, apart, complaint, count, golden, receiver};

#[test]
fn only_our_own_database_is_opened() {
    let foreign = Scratch::new();
    Connection::open(&foreign.0).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let told = Store::open(&foreign.0).unwrap_err().to_string();
    assert!(told.contains("database of another program"), "{told}");
    assert_eq!(count(&foreign.0, "SELECT count(*) FROM sqlite_schema"), 1);

    let newer = Scratch::new();
    Store::open(&newer.0).unwrap().close();
    Connection::open(&newer.0).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let told = Store::open(&newer.0).unwrap_err().to_string();
    assert!(told.contains("newer version"), "{told}");

    let junk = Scratch::new();
    std::fs::write(
        &junk.0,
        "this is no database, only a text that is long enough to look at it twice".repeat(40),
    )
    .unwrap();
    let told = Store::open(&junk.0).unwrap_err().to_string();
    assert!(told.contains("file is not a database"), "{told}");
    let told = Store::open(std::path::Path::new("/nowhere/at/all.db")).unwrap_err().to_string();
    assert!(told.contains("out of reach"), "{told}");
}

#[test]
fn the_promise_rests_on_these_settings() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    let scratch = Scratch::new();
    Store::open(&scratch.0).unwrap().close();
    let connection = Connection::open(&scratch.0).unwrap();
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    assert_eq!(
        count(
            &scratch.0,
            "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND strict = 0"
        ),
        0
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&scratch.0).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn what_happened_stays() {
    let receiver = receiver();
    receiver.post(golden("complaint")).await;
    for sql in [
        "UPDATE events SET note = 'never mind'",
        "UPDATE events SET at_ms = at_ms - 1",
        "DELETE FROM events",
        "UPDATE submissions SET body = body_sha256",
        "UPDATE submissions SET receipt = '{}'",
    ] {
        let refused = receiver.place.run(sql).unwrap_err();
        assert!(refused.contains("never") || refused.contains("db error"), "{sql}: {refused}");
    }
    assert_eq!(receiver.store.broken_event().await.unwrap(), None);
    let without_its_guard = match receiver.place {
        Place::File(_) => "DROP TRIGGER events_never_change",
        Place::Server(_) => "DROP TRIGGER events_never_change ON events",
    };
    receiver.place.run(without_its_guard).unwrap();
    receiver.place.run("UPDATE events SET at_ms = at_ms - 1").unwrap();
    assert_eq!(receiver.store.broken_event().await.unwrap(), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_much_is_turned_away_and_nothing_is_lost() {
    let receiver = Arc::new(receiver());
    let held = receiver.place.hold();
    let tasks: Vec<_> = (0..1_200)
        .map(|number| {
            let receiver = Arc::clone(&receiver);
            tokio::spawn(async move { (number, receiver.post(complaint(number)).await) })
        })
        .collect();
    // One batch waits for the lock, 1,024 jobs wait behind it, the rest hears 503 at once.
    let mut seen = 0;
    while seen == 0 {
        tokio::task::yield_now().await;
        seen = tasks.iter().filter(|task| task.is_finished()).count();
    }
    drop(held);
    let (mut stored, mut refused) = (0, Vec::new());
    for task in tasks {
        let (number, answer) = task.await.unwrap();
        match answer.status {
            StatusCode::CREATED => stored += 1,
            StatusCode::SERVICE_UNAVAILABLE => {
                refused.push(number);
                assert!((1..=5).contains(&answer.header("retry-after").parse().unwrap()));
                assert_eq!(answer.json()["type"], "urn:all-ears:problem:try-again");
            }
            other => panic!("{other}: {}", answer.text),
        }
    }
    assert!(!refused.is_empty());
    assert_eq!(stored, receiver.rows());
    // Whoever was turned away comes again, and everything is there.
    for number in refused {
        assert_eq!(receiver.post(complaint(number)).await.status, StatusCode::CREATED);
    }
    assert_eq!(receiver.rows(), 1_200);
    assert_eq!(receiver.store.broken_event().await.unwrap(), None);
}

#[tokio::test]
async fn exports_hold_everything_and_no_secret() {
    let receiver = receiver();
    for name in ["rating", "feedback", "complaint", "follow_up", "signal"] {
        receiver.post(golden(name)).await;
    }
    receiver
        .post(complaint(1).replace("My parcel is late.", "=HYPERLINK(\\\"http://evil.example\\\")"))
        .await;
    let mut csv = Vec::new();
    let target = receiver.place.target();
    assert_eq!(apart(|| export(&target, Format::Csv, None, &mut csv).unwrap()), 6);
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.starts_with("id,kind,received_at,"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{csv}");
    assert!(csv.contains("'+44 117 496 0142"));
    let mut lines = Vec::new();
    let complaints = Some(Kind::Complaint);
    assert_eq!(apart(|| export(&target, Format::JsonLines, complaints, &mut lines).unwrap()), 2);
    let lines = String::from_utf8(lines).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["case"]["reference"], "AE-9NF6-YW43");
    assert_eq!(first["submission"], serde_json::from_str::<serde_json::Value>(&golden("complaint")).unwrap());
    assert!(!csv.contains("secret=") && !lines.contains("secret"));
}

#[tokio::test]
async fn exports_hold_every_answer_of_a_customer() {
    let receiver = receiver();
    for name in ["feedback", "complaint", "follow_up"] {
        receiver.post(golden(name)).await;
    }
    let signal = golden("signal");
    receiver.post(signal.clone()).await;
    let mut csv = Vec::new();
    let target = receiver.place.target();
    assert_eq!(apart(|| export(&target, Format::Csv, None, &mut csv).unwrap()), 4);
    let csv = String::from_utf8(csv).unwrap();
    let (columns, rows) = csv.split_once("\r\n").unwrap();
    let columns: Vec<&str> = columns.split(',').collect();
    // No cell of these rows holds a comma.
    let cell = |kind: &str, column: &str| {
        let at = columns.iter().position(|name| *name == column).unwrap_or_else(|| panic!("no {column}"));
        let row = rows.split("\r\n").find(|row| row.contains(&format!(",{kind},"))).unwrap();
        let row: Vec<&str> = row.split(',').collect();
        assert_eq!(row.len(), columns.len(), "{row:?}");
        row[at].to_owned()
    };
    for (kind, column, expected) in [
        ("complaint", "effect", "I walked home in wet socks."),
        ("complaint", "outcome_text", "New boots before Saturday."),
        ("complaint", "since", "2026-11-14"),
        ("complaint", "urgent", "true"),
        ("complaint", "on_behalf", "true"),
        ("complaint", "contact_by", "phone"),
        ("feedback", "contact_by", "email"),
        ("follow_up", "promise_kept", "true"),
        ("follow_up", "put_right", "false"),
        ("follow_up", "text", "The new pair is one size too small."),
        ("follow_up", "urgent", ""),
    ] {
        assert_eq!(cell(kind, column), expected, "{kind} {column}");
    }
    let sent: serde_json::Value = serde_json::from_str(&signal).unwrap();
    let helpful = &sent["signal"]["helpful"];
    let expected = if helpful.is_null() { String::new() } else { helpful.to_string() };
    assert_eq!(cell("signal", "helpful"), expected);
}
