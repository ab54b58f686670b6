//! Large files of complaints come in parts: words pass between them, a try that breaks off leaves nothing that is seen, and
//! no bytes of one try get into another.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::sync::Arc;

use axum::http::StatusCode;
use receiver::Store;
use receiver::store::{PART_BYTES, Put, Target, backup, restore, verify};
use support::files::{ID, PHOTO, complained_of, path, put, taking};
use support::{Place, Receiver, Scratch, apart, at_now, complaint};

/// Not a multiple of a part.
const BYTES: usize = 5 * PART_BYTES + 4_321;

fn large(fill: u8) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0the sole of a boot".to_vec();
    bytes.extend((bytes.len()..BYTES).map(|at| fill.wrapping_add((at / 1_000) as u8)));
    bytes
}

fn is_sound(receiver: &Receiver) -> bool {
    apart(|| verify(&receiver.place.target()).unwrap()).is_sound()
}

fn parts(receiver: &Receiver) -> i64 {
    receiver.place.count("SELECT count(*) FROM attachment_parts")
}

/// What a try leaves that broke off after so many parts.
fn begun(receiver: &Receiver, many: usize) {
    let (bytes, of) = match receiver.place {
        Place::File(_) => ("zeroblob(9)", "x'77'"),
        Place::Server(_) => ("'begun'::bytea", "'w'::bytea"),
    };
    for part in 0..many {
        receiver
            .place
            .run(&format!(
                "INSERT INTO attachment_parts (attachment_seq, of_sha256, part, body) VALUES (1, {of}, {part}, {bytes})"
            ))
            .unwrap();
    }
}

#[tokio::test]
async fn a_large_file_is_whole_and_answered_the_same() {
    let receiver = taking(5);
    let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
    let first = put(&receiver, &path, large(1)).await;
    assert_eq!((first.status, first.json()["id"].as_str()), (StatusCode::CREATED, Some(PHOTO)), "{first:?}");
    assert_eq!(parts(&receiver), 6);
    let again = put(&receiver, &path, large(1)).await;
    assert_eq!((again.status, again.text), (StatusCode::OK, first.text));
    assert_eq!(put(&receiver, &path, large(2)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = receiver.store.file(1).await.unwrap().expect("the file");
    assert!(file.body == large(1), "other bytes");
    assert!(is_sound(&receiver));
}

#[tokio::test]
async fn a_try_that_broke_off_is_not_seen_and_goes() {
    let receiver = taking(5);
    let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
    begun(&receiver, 3);
    assert!(receiver.store.file(1).await.unwrap().is_none());
    assert!(is_sound(&receiver));
    assert_eq!(put(&receiver, &path, large(1)).await.status, StatusCode::CREATED);
    assert_eq!(parts(&receiver), 6, "what the other try left is gone");
    assert!(receiver.store.file(1).await.unwrap().expect("the file").body == large(1));
}

#[tokio::test]
async fn what_is_there_already_is_not_written_again() {
    let receiver = taking(5);
    let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
    assert_eq!(put(&receiver, &path, large(1)).await.status, StatusCode::CREATED);
    // As after a kill before the last part: all the others are there.
    let (last, forget) = match receiver.place {
        Place::File(_) => (
            "DROP TRIGGER attachment_parts_never_vanish; DELETE FROM attachment_parts WHERE part = 5",
            "DROP TRIGGER attachments_never_change; UPDATE attachments SET received_ms = NULL, body_sha256 = x'' WHERE seq = 1",
        ),
        Place::Server(_) => (
            "ALTER TABLE attachment_parts DISABLE TRIGGER USER; DELETE FROM attachment_parts WHERE part = 5; \
             ALTER TABLE attachment_parts ENABLE TRIGGER USER",
            "ALTER TABLE attachments DISABLE TRIGGER USER; \
             UPDATE attachments SET received_ms = NULL, body_sha256 = ''::bytea WHERE seq = 1; \
             ALTER TABLE attachments ENABLE TRIGGER USER",
        ),
    };
    receiver.place.run(last).unwrap();
    receiver.place.run(forget).unwrap();
    assert_eq!(put(&receiver, &path, large(1)).await.status, StatusCode::CREATED);
    assert_eq!(parts(&receiver), 6);
    assert!(is_sound(&receiver));
}

#[tokio::test]
async fn two_tries_at_once_never_mix() {
    for _ in 0..5 {
        let receiver = Arc::new(taking(5));
        let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
        let mut puts = tokio::task::JoinSet::new();
        for fill in [1, 2, 1, 2] {
            let (receiver, path) = (Arc::clone(&receiver), path.clone());
            puts.spawn(async move { (fill, put(&receiver, &path, large(fill)).await.status) });
        }
        let told = puts.join_all().await;
        let first = told.iter().find(|(_, status)| *status == StatusCode::CREATED).expect("one is first").0;
        for (fill, status) in told {
            let expected =
                if fill == first { status.is_success() } else { status == StatusCode::UNPROCESSABLE_ENTITY };
            assert!(expected, "{fill} got {status}, and {first} was first");
        }
        assert!(receiver.store.file(1).await.unwrap().expect("the file").body == large(first));
        assert!(is_sound(&receiver));
    }
}

#[tokio::test]
async fn words_pass_between_the_parts() {
    let receiver = Arc::new(taking(5));
    let path = path(&complained_of(&receiver, 10 << 20).await, PHOTO);
    let mut bytes = large(1);
    bytes.resize(10 << 20, 7);
    let file = {
        let receiver = Arc::clone(&receiver);
        tokio::spawn(async move { put(&receiver, &path, bytes).await.status })
    };
    // Some of it is there, and the words have their rows before the rest.
    while parts(&receiver) == 0 && !file.is_finished() {
        tokio::task::yield_now().await;
    }
    assert_eq!(receiver.post(complaint(7)).await.status, StatusCode::CREATED);
    let received = receiver.place.count("SELECT count(*) FROM attachments WHERE received_ms IS NOT NULL");
    assert_eq!(received, 0, "the words waited for the whole file");
    assert_eq!(file.await.unwrap(), StatusCode::CREATED);
}

#[tokio::test]
async fn erased_is_erased_with_its_parts() {
    let receiver = taking(5);
    let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
    put(&receiver, &path, large(1)).await;
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert_eq!(parts(&receiver), 0);
    assert_eq!(put(&receiver, &path, large(1)).await.status, StatusCode::GONE);
    assert_eq!(receiver.store.put_file(1, large(2), at_now()).await.unwrap(), Put::Erased);
    assert_eq!(parts(&receiver), 0, "nothing came back");
    assert!(is_sound(&receiver));
}

#[tokio::test]
async fn puts_that_race_an_erasure_leave_no_part() {
    for round in 0..10 {
        let receiver = Arc::new(taking(5));
        let path = path(&complained_of(&receiver, BYTES).await, PHOTO);
        let mut puts = tokio::task::JoinSet::new();
        for _ in 0..3 {
            let (receiver, path) = (Arc::clone(&receiver), path.clone());
            puts.spawn(async move { put(&receiver, &path, large(1)).await.status });
        }
        let store = receiver.store.clone();
        puts.spawn(async move {
            for _ in 0..round * 40 {
                tokio::task::yield_now().await;
            }
            assert!(store.erase(ID.to_owned(), at_now()).await.unwrap());
            StatusCode::OK
        });
        for status in puts.join_all().await {
            assert!(status.is_success() || status == StatusCode::GONE, "{status}");
        }
        assert_eq!(parts(&receiver), 0);
        assert!(is_sound(&receiver));
    }
}

#[tokio::test]
async fn no_byte_of_a_part_stays_in_the_file() {
    let receiver = taking(5);
    let Place::File(scratch) = &receiver.place else { return };
    put(&receiver, &path(&complained_of(&receiver, BYTES).await, PHOTO), large(1)).await;
    let holds = || {
        let connection = rusqlite::Connection::open(&scratch.0).unwrap();
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        std::fs::read(&scratch.0).unwrap().windows(18).any(|part| part == b"the sole of a boot")
    };
    assert!(holds());
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert!(!holds(), "the photo is still in a free page");
}

#[tokio::test]
async fn a_part_changed_by_hand_is_refused_and_found() {
    let receiver = taking(5);
    put(&receiver, &path(&complained_of(&receiver, BYTES).await, PHOTO), large(1)).await;
    let (bytes, triggers) = match receiver.place {
        Place::File(_) => (
            "x'7b7d'",
            "DROP TRIGGER attachment_parts_never_change; DROP TRIGGER attachment_parts_never_vanish",
        ),
        Place::Server(_) => ("'{}'::bytea", "DROP TRIGGER attachment_parts_never_change ON attachment_parts"),
    };
    let change = format!("UPDATE attachment_parts SET body = {bytes} WHERE part = 2");
    receiver.place.run(&change).unwrap_err();
    receiver.place.run("DELETE FROM attachment_parts WHERE part = 2").unwrap_err();
    let late = format!(
        "INSERT INTO attachment_parts (attachment_seq, of_sha256, part, body) SELECT 1, of_sha256, 9, {bytes} \
         FROM attachment_parts WHERE part = 2"
    );
    receiver.place.run(&late).unwrap_err();
    assert!(is_sound(&receiver));
    receiver.place.run(triggers).unwrap();
    for damage in [change.as_str(), "DELETE FROM attachment_parts WHERE part = 2"] {
        receiver.place.run(damage).unwrap();
        let report = apart(|| verify(&receiver.place.target()).unwrap());
        assert_eq!((report.is_sound(), report.broken_attachments), (false, vec![1]), "{damage}");
    }
}

#[tokio::test]
async fn a_copy_holds_the_parts() {
    let receiver = taking(5);
    let Place::File(scratch) = &receiver.place else { return };
    put(&receiver, &path(&complained_of(&receiver, BYTES).await, PHOTO), large(1)).await;
    let (copy, restored) = (Scratch::new(), Scratch::new());
    let report = backup(&Target::from(&scratch.0), &copy.0).unwrap();
    assert!(report.is_sound() && report.attachments == 1, "{report:?}");
    assert_eq!(restore(&copy.0, &restored.0).unwrap(), report);
    let again = Store::open(&restored.0).unwrap().file(1).await.unwrap().expect("the file");
    assert!(again.body == large(1));
}
