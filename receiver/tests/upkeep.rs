//! Erasing, copying, restoring, checking: what was said goes, that it was there stays; a copy is worth what it restores.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::http::StatusCode;
use domain::status::State;
use receiver::Store;
use receiver::store::{Target, backup, restore, verify};
use support::{Place, Scratch, apart, at_now, complaint, golden, receiver};

const ID: &str = "0199f0a1-7c00-7a10-8b20-3c4d5e6f7083";

#[tokio::test]
async fn what_was_said_is_erased_and_its_repeat_brings_nothing_back() {
    let receiver = receiver();
    let first = receiver.post(golden("complaint")).await;
    receiver.post(complaint(1)).await;
    let note = "We have written to Robin.".to_owned();
    receiver.store.advance("AE-9NF6-YW43".to_owned(), State::Decided, note, at_now()).await.unwrap();
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert!(!receiver.store.erase(ID.to_owned(), at_now()).await.unwrap(), "once is enough");
    assert_eq!(receiver.place.count("SELECT count(*) FROM submissions WHERE length(body) = 0"), 1);
    assert_eq!(receiver.place.count("SELECT count(*) FROM events WHERE note LIKE '%Robin%'"), 0);
    let again = receiver.post(golden("complaint")).await;
    assert_eq!((again.status, &again.text), (StatusCode::OK, &first.text));
    assert_eq!(again.header("idempotent-replay"), "true");
    let other = receiver.post(golden("complaint").replace("second walk", "third walk")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(receiver.rows(), 2);
    let url = first.json()["status_url"].as_str().unwrap().replace("http://care.example", "");
    assert_eq!(receiver.get(&url).await.status, StatusCode::NOT_FOUND);
    assert_eq!(receiver.store.counts().await.unwrap().open, 1);
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(report.is_sound(), "the chain holds without the note: {report:?}");
    assert_eq!((report.submissions, report.erased, report.complaints), (2, 1, 2));
}

#[tokio::test]
async fn no_byte_of_it_stays_in_the_file() {
    let receiver = receiver();
    let Place::File(scratch) = &receiver.place else { return };
    receiver.post(golden("complaint")).await;
    let bytes = || {
        let connection = rusqlite::Connection::open(&scratch.0).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        std::fs::read(&scratch.0).unwrap()
    };
    let holds = |bytes: &[u8]| bytes.windows(11).any(|part| part == b"second walk");
    assert!(holds(&bytes()));
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert!(!holds(&bytes()), "the words are still in a free page");
}

#[tokio::test]
async fn a_change_by_hand_is_found() {
    let receiver = receiver();
    for number in 1..=3 {
        receiver.post(complaint(number)).await;
    }
    let (trigger, bytes) = match receiver.place {
        Place::File(_) => ("DROP TRIGGER submissions_never_change", "x'7b7d'"),
        Place::Server(_) => ("DROP TRIGGER submissions_never_change ON submissions", "'{}'::bytea"),
    };
    receiver.place.run(trigger).unwrap();
    receiver.place.run(&format!("UPDATE submissions SET body = {bytes} WHERE seq = 2")).unwrap();
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(!report.is_sound());
    assert_eq!((report.broken_bodies, report.broken_event), (vec![2], None));
}

/// What a text that Postgres cannot hold does: the words are bytes and stay as they are.
#[tokio::test]
async fn a_zero_character_hurts_nobody() {
    let receiver = receiver();
    let body = golden("rating").replace("https://shop.example", "https://sh\\u0000op.example");
    let answer = receiver.post(body).await;
    assert_ne!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
}

#[test]
fn a_copy_restores_what_it_holds() {
    let (original, copy, restored) = (Scratch::new(), Scratch::new(), Scratch::new());
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/v1.sqlite"), &original.0).unwrap();
    // Open and in use, as it is when somebody copies it.
    let used = Store::open(&original.0).unwrap();
    let copied = backup(&Target::from(&original.0), &copy.0).unwrap();
    assert!(copied.is_sound());
    assert_eq!((copied.submissions, copied.complaints), (25, 21));
    let refused = backup(&Target::from(&original.0), &copy.0).unwrap_err().to_string();
    assert!(refused.contains("is there already"), "{refused}");
    let refused = restore(&copy.0, &original.0).unwrap_err().to_string();
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(restore(&copy.0, &restored.0).unwrap(), copied);
    used.close();
    // Half a copy is no copy.
    let whole = std::fs::read(&copy.0).unwrap();
    let half = Scratch::new();
    std::fs::write(&half.0, &whole[..whole.len() / 2]).unwrap();
    let nowhere = Scratch::new();
    assert!(restore(&half.0, &nowhere.0).is_err());
    assert!(!nowhere.0.exists());
    let server = Target::from("postgres://care@127.0.0.1/care");
    assert!(backup(&server, &nowhere.0).unwrap_err().to_string().contains("pg_dump"));
}
