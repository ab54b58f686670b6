//! Files of complaints: put after the complaint was received, by whoever has its receipt, once; handed out to the team
//! alone; erased with what they belong to.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::status::State;
use receiver::Store;
use receiver::store::{Put, Target, backup, restore, verify};
use support::files::{ID, INVOICE, PHOTO, complained, invoice, path, photo, put, taking};
use support::team::sign_in;
use support::{Place, Scratch, apart, at_now, golden};

#[tokio::test]
async fn a_file_is_stored_once_and_answered_the_same() {
    let receiver = taking(5);
    let receipt = complained(&receiver).await;
    let path = path(&receipt, PHOTO);
    let first = put(&receiver, &path, photo()).await;
    assert_eq!((first.status, first.json()["id"].as_str()), (StatusCode::CREATED, Some(PHOTO)), "{first:?}");
    let again = put(&receiver, &path, photo()).await;
    assert_eq!((again.status, again.text), (StatusCode::OK, first.text));
    let mut other = photo();
    other[1_000] = 8;
    let other = put(&receiver, &path, other).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json()["type"], "urn:all-ears:problem:id-reused");
    let stored = format!(
        "SELECT count(*) FROM attachments WHERE id = '{PHOTO}' AND length(body) = 183220 AND received_ms IS NOT NULL"
    );
    assert_eq!(receiver.place.count(&stored), 1);
    assert_eq!(receiver.place.count("SELECT count(*) FROM attachments"), 2, "the other is only announced");
    let metrics = receiver.get("/metrics").await.text;
    assert!(metrics.contains("all_ears_attachments_total 1\n"), "{metrics}");
    assert!(metrics.contains("all_ears_attachment_bytes_total 183220\n"), "{metrics}");
}

#[tokio::test]
async fn the_same_file_eight_times_at_once_is_one() {
    let receiver = Arc::new(taking(5));
    let path = path(&complained(&receiver).await, PHOTO);
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (receiver, path) = (Arc::clone(&receiver), path.clone());
            tokio::spawn(async move { put(&receiver, &path, photo()).await.status })
        })
        .collect();
    let mut created = 0;
    for task in tasks {
        let status = task.await.unwrap();
        assert!(status.is_success(), "{status}");
        created += usize::from(status == StatusCode::CREATED);
    }
    assert_eq!(created, 1);
}

#[tokio::test]
async fn nobody_puts_what_was_not_announced() {
    let receiver = taking(5);
    let receipt = complained(&receiver).await;
    let path = path(&receipt, PHOTO);
    let (bare, secret) = path.split_once('?').unwrap();
    let unknown = "0199f0a1-7c09-7a10-8b20-3c4d5e6f7083";
    for wrong in [
        bare.to_owned(),
        format!("{bare}?secret=00000000000000000000000000"),
        path.replace(PHOTO, unknown),
        path.replace(ID, unknown),
        path.replace(PHOTO, "boot.jpg"),
        format!("{bare}?{}", secret.to_lowercase().replace("secret", "key")),
    ] {
        assert_eq!(put(&receiver, &wrong, photo()).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let gif = [b"GIF89a".to_vec(), photo()].concat()[..183_220].to_vec();
    for (bytes, said) in [
        (photo()[1..].to_vec(), "183220 bytes"),
        ([photo(), vec![7]].concat(), "183220 bytes"),
        (vec![7; 11 << 20], "183220 bytes"),
        (gif, "begins as image/jpeg does"),
        (vec![b'<'; 183_220], "begins as image/jpeg does"),
    ] {
        let answer = put(&receiver, &path, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert!(answer.text.contains(said), "{}", answer.text);
    }
    let stored = "SELECT count(*) FROM attachments WHERE received_ms IS NOT NULL";
    assert_eq!(receiver.place.count(stored), 0);
    assert_eq!(receiver.get(&path).await.status, StatusCode::METHOD_NOT_ALLOWED, "nobody reads it there");
}

#[tokio::test]
async fn a_company_that_takes_none_says_so() {
    let receiver = taking(0);
    let receipt = complained(&receiver).await;
    assert!(receipt.json().get("upload_url").is_none(), "{}", receipt.text);
    assert_eq!(receiver.place.count("SELECT count(*) FROM attachments"), 0);
    let without = taking(5).post(golden("complaint")).await;
    assert!(without.json().get("upload_url").is_none(), "nothing follows: {}", without.text);
}

#[tokio::test]
async fn the_team_gets_it_and_nobody_else() {
    let receiver = taking(5);
    let receipt = complained(&receiver).await;
    put(&receiver, &path(&receipt, INVOICE), invoice()).await;
    let team = sign_in(&receiver).await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(page.contains("boot.jpg, 179\u{a0}KB, still on its way"), "{page}");
    let link = page.split("<a href=\"/register/files/").nth(1).expect("a link").split('"').next().unwrap();
    let link = format!("/register/files/{link}");
    let stranger = receiver.get(&link).await;
    assert_eq!((stranger.status, stranger.text.as_str()), (StatusCode::SEE_OTHER, ""));
    let ask = |path: &str| {
        Request::get(path)
            .header("host", "care.example")
            .header("cookie", &team.cookie)
            .body(Body::empty())
            .unwrap()
    };
    let file = receiver.ask(ask(&link)).await;
    assert_eq!((file.status, file.text.as_bytes()), (StatusCode::OK, invoice().as_slice()));
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("content-disposition"), "attachment; filename*=UTF-8''invoice.pdf");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.header("content-security-policy"), "default-src 'none'; sandbox");
    for absent in ["/register/files/1", "/register/files/99", "/register/files/x"] {
        // Number one is announced and has not come.
        assert_eq!(receiver.ask(ask(absent)).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn erased_is_erased() {
    let receiver = taking(5);
    let receipt = complained(&receiver).await;
    put(&receiver, &path(&receipt, PHOTO), photo()).await;
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    let kept = "SELECT count(*) FROM attachments WHERE length(body) > 0 OR name <> ''";
    assert_eq!(receiver.place.count(kept), 0);
    for file in [PHOTO, INVOICE] {
        let bytes = if file == PHOTO { photo() } else { invoice() };
        let answer = put(&receiver, &path(&receipt, file), bytes).await;
        assert_eq!(answer.status, StatusCode::GONE, "{}", answer.text);
    }
    assert_eq!(receiver.place.count(kept), 0, "nothing came back");
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(report.is_sound() && report.attachments == 0, "{report:?}");
}

#[tokio::test]
async fn no_byte_of_it_stays_in_the_file() {
    let receiver = taking(5);
    let Place::File(scratch) = &receiver.place else { return };
    put(&receiver, &path(&complained(&receiver).await, PHOTO), photo()).await;
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
async fn a_change_by_hand_is_refused_and_found() {
    let receiver = taking(5);
    put(&receiver, &path(&complained(&receiver).await, PHOTO), photo()).await;
    receiver
        .store
        .advance("AE-9NF6-YW43".to_owned(), State::Assigned, String::new(), at_now())
        .await
        .unwrap();
    let (bytes, trigger) = match receiver.place {
        Place::File(_) => ("x'7b7d'", "DROP TRIGGER attachments_never_change"),
        Place::Server(_) => ("'{}'::bytea", "DROP TRIGGER attachments_never_change ON attachments"),
    };
    let change = format!("UPDATE attachments SET body = {bytes} WHERE id = '{PHOTO}'");
    receiver.place.run(&change).unwrap_err();
    receiver.place.run("UPDATE attachments SET name = 'other.jpg'").unwrap_err();
    receiver.place.run("DELETE FROM attachments").unwrap_err();
    assert!(apart(|| verify(&receiver.place.target()).unwrap()).is_sound());
    receiver.place.run(trigger).unwrap();
    receiver.place.run(&change).unwrap();
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(!report.is_sound());
    assert_eq!((report.broken_attachments, report.broken_bodies), (vec![1], vec![]));
}

#[tokio::test]
async fn a_file_that_is_gone_is_missed() {
    let receiver = taking(5);
    put(&receiver, &path(&complained(&receiver).await, PHOTO), photo()).await;
    // One that names none, and one whose company took none: nothing is missed of them.
    receiver.post(golden("complaint-minimal")).await;
    assert!(apart(|| verify(&receiver.place.target()).unwrap()).is_sound());
    let (vanish, change) = match receiver.place {
        Place::File(_) => ("DROP TRIGGER attachments_never_vanish", "DROP TRIGGER attachments_never_change"),
        Place::Server(_) => ("ALTER TABLE attachments DISABLE TRIGGER USER", "SELECT 1"),
    };
    receiver.place.run(vanish).unwrap();
    receiver.place.run(change).unwrap();
    receiver.place.run("DELETE FROM attachments WHERE seq = 1").unwrap();
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(!report.is_sound());
    assert_eq!((report.missing_attachments, report.broken_attachments), (vec![1], vec![]));
    // What was erased on purpose is not missed.
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert!(apart(|| verify(&receiver.place.target()).unwrap()).is_sound());
}

#[tokio::test]
async fn a_put_that_an_erasure_overtakes_brings_nothing_back() {
    let receiver = taking(5);
    let receipt = complained(&receiver).await;
    put(&receiver, &path(&receipt, PHOTO), photo()).await;
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    // Both were let in before, and write now: one that had come already, and one that had not.
    for (seq, bytes) in [(1, photo()), (2, invoice())] {
        assert_eq!(receiver.store.put_file(seq, bytes, at_now()).await.unwrap(), Put::Erased);
    }
    assert_eq!(receiver.place.count("SELECT count(*) FROM attachments WHERE length(body) > 0"), 0);
    assert!(apart(|| verify(&receiver.place.target()).unwrap()).is_sound());
}

#[tokio::test]
async fn puts_that_race_an_erasure_leave_nothing() {
    for _ in 0..10 {
        let receiver = Arc::new(taking(5));
        let path = path(&complained(&receiver).await, PHOTO);
        let mut puts = tokio::task::JoinSet::new();
        for _ in 0..6 {
            let (receiver, path) = (Arc::clone(&receiver), path.clone());
            puts.spawn(async move { put(&receiver, &path, photo()).await.status });
        }
        let store = receiver.store.clone();
        puts.spawn(async move {
            assert!(store.erase(ID.to_owned(), at_now()).await.unwrap());
            StatusCode::OK
        });
        for status in puts.join_all().await {
            assert!(status.is_success() || status == StatusCode::GONE, "{status}");
        }
        assert_eq!(put(&receiver, &path, photo()).await.status, StatusCode::GONE);
        assert_eq!(receiver.place.count("SELECT count(*) FROM attachments WHERE length(body) > 0"), 0);
    }
}

#[tokio::test]
async fn a_copy_holds_them() {
    let receiver = taking(5);
    let Place::File(scratch) = &receiver.place else { return };
    put(&receiver, &path(&complained(&receiver).await, PHOTO), photo()).await;
    let (copy, restored) = (Scratch::new(), Scratch::new());
    let report = backup(&Target::from(&scratch.0), &copy.0).unwrap();
    assert!(report.is_sound() && report.attachments == 1, "{report:?}");
    assert_eq!(restore(&copy.0, &restored.0).unwrap(), report);
    let again = Store::open(&restored.0).unwrap().file(1).await.unwrap().expect("the file");
    assert_eq!((again.name.as_str(), again.body), ("boot.jpg", photo()));
}

#[tokio::test]
async fn pages_of_other_origins_may_ask_for_it_only_when_named() {
    let receiver = taking(5);
    let path = path(&complained(&receiver).await, PHOTO);
    let preflight = |origin: &str| {
        Request::options(&path)
            .header("host", "care.example")
            .header("origin", origin)
            .header("access-control-request-method", "PUT")
            .body(Body::empty())
            .unwrap()
    };
    let own = receiver.ask(preflight("http://localhost:3000")).await;
    assert_eq!((own.status, own.header("access-control-allow-methods")), (StatusCode::NO_CONTENT, "PUT"));
    assert_eq!(receiver.ask(preflight("https://evil.example")).await.status, StatusCode::FORBIDDEN);
}
