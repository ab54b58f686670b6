//! Files of complaints at their bounds: too many of them, no room for them, and complaints of which none are wanted. Words
//! are received all the same.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::sync::Arc;

use axum::http::StatusCode;
use domain::calendar::Timestamp;
use receiver::{App, Options, Store};
use support::files::{ID, INVOICE, PHOTO, complained, invoice, path, photo, put, taking, taking_with};
use support::team::sign_in;
use support::{Place, Receiver, Scratch, at_now, config, golden};

/// A complaint with files of its own, from this site.
fn another(number: u32, site: &str) -> String {
    golden("complaint-files")
        .replace(ID, &format!("0199f0a1-7c00-7a10-8b20-{number:012x}"))
        .replace("https://shop.example\"", &format!("https://{site}\""))
}

#[tokio::test]
async fn a_full_disk_is_said_and_nothing_is_kept() {
    let place = Scratch::new();
    let store = Store::open(&place.0).unwrap();
    let mut own = config();
    own.complaint.attachments = 5;
    let app = Arc::new(App::new(store.clone(), own.clone(), Options::default()));
    let router = receiver::app(Arc::clone(&app));
    let receiver = Receiver { place: Place::File(place), store, router, app };
    let path = path(&complained(&receiver).await, PHOTO);
    let Place::File(scratch) = &receiver.place else { return };
    let full = Store::open_with(&scratch.0, u64::MAX).unwrap();
    let app = Arc::new(App::new(full.clone(), own, Options::default()));
    let router = receiver::app(Arc::clone(&app));
    let tight = Receiver { place: Place::Server(String::new()), store: full, router, app };
    let answer = put(&tight, &path, photo()).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(put(&receiver, &path, photo()).await.status, StatusCode::CREATED, "there is room again");
}

#[tokio::test]
async fn files_wait_for_room_long_before_words_do() {
    let receiver = taking_with(5, Options { free_bytes_for_files: u64::MAX, ..Options::default() });
    let receipt = complained(&receiver).await;
    let answer = put(&receiver, &path(&receipt, PHOTO), photo()).await;
    if matches!(receiver.place, Place::Server(_)) {
        // The disk of a server is its own affair.
        assert_eq!(answer.status, StatusCode::CREATED);
        return;
    }
    assert_eq!(answer.status, StatusCode::INSUFFICIENT_STORAGE, "{}", answer.text);
    assert_eq!(answer.json()["type"], "urn:all-ears:problem:no-room");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 60, "{answer:?}");
    assert_eq!(receiver.place.count("SELECT count(*) FROM attachments WHERE received_ms IS NOT NULL"), 0);
    assert_eq!(
        receiver.post(another(2, "shop.example")).await.status,
        StatusCode::CREATED,
        "words are welcome"
    );
}

#[tokio::test]
async fn a_file_that_is_there_is_acknowledged_also_without_room() {
    let place = Scratch::new();
    let open = |free_bytes_for_files| {
        let store = Store::open(&place.0).unwrap();
        let mut own = config();
        own.complaint.attachments = 5;
        let app =
            Arc::new(App::new(store.clone(), own, Options { free_bytes_for_files, ..Options::default() }));
        Receiver { place: Place::Server(String::new()), store, router: receiver::app(Arc::clone(&app)), app }
    };
    let receiver = open(0);
    let path = path(&complained(&receiver).await, PHOTO);
    assert_eq!(put(&receiver, &path, photo()).await.status, StatusCode::CREATED);
    assert_eq!(put(&open(u64::MAX), &path, photo()).await.status, StatusCode::OK, "its answer was lost");
}

#[tokio::test]
async fn a_site_has_its_share_of_bytes() {
    let receiver = taking_with(5, Options { file_bytes_per_site: 200_000, ..Options::default() });
    let first = complained(&receiver).await;
    assert_eq!(put(&receiver, &path(&first, PHOTO), photo()).await.status, StatusCode::CREATED);
    let over = put(&receiver, &path(&first, INVOICE), invoice()).await;
    assert_eq!(over.status, StatusCode::TOO_MANY_REQUESTS, "{}", over.text);
    assert!(over.header("retry-after").parse::<u32>().unwrap() >= 60, "{over:?}");
    assert_eq!(
        put(&receiver, &path(&first, PHOTO), photo()).await.status,
        StatusCode::OK,
        "a repeat fills nothing"
    );
    assert_eq!(
        receiver.post(another(2, "shop.example")).await.status,
        StatusCode::CREATED,
        "words are welcome"
    );
    let elsewhere = receiver.post(another(3, "other.example")).await;
    assert_eq!(put(&receiver, &path(&elsewhere, PHOTO), photo()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_was_refused_does_not_count() {
    let receiver = taking_with(5, Options { file_bytes_per_site: 200_000, ..Options::default() });
    let path = path(&complained(&receiver).await, PHOTO);
    for _ in 0..5 {
        assert_eq!(put(&receiver, &path, vec![b'<'; 183_220]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(put(&receiver, &path, photo()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_share_comes_back_within_a_day() {
    let mut receiver = taking_with(5, Options { file_bytes_per_site: 200_000, ..Options::default() });
    let receipt = complained(&receiver).await;
    put(&receiver, &path(&receipt, PHOTO), photo()).await;
    assert_eq!(
        put(&receiver, &path(&receipt, INVOICE), invoice()).await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
    let router = std::mem::take(&mut receiver.router);
    drop(router);
    let app = Arc::get_mut(&mut receiver.app).expect("nobody else has it");
    app.clock = || Timestamp(at_now().0 + 3 * 3_600_000);
    receiver.router = receiver::app(Arc::clone(&receiver.app));
    assert_eq!(put(&receiver, &path(&receipt, INVOICE), invoice()).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn whoever_looks_like_spam_is_not_asked_for_files() {
    let receiver = taking(5);
    let words = golden("complaint-files")
        .replace("The left sole", "See http://x.example http://y.example http://z.example The left sole");
    let receipt = receiver.post(words.clone()).await;
    assert_eq!(receipt.status, StatusCode::CREATED, "received as ever");
    assert_eq!(receipt.json()["reference"], "AE-9NF6-YW43");
    assert!(receipt.json().get("upload_url").is_none(), "{}", receipt.text);
    assert_eq!(receiver.place.count("SELECT count(*) FROM attachments"), 0);
    let again = receiver.post(words).await;
    assert_eq!((again.status, again.text), (StatusCode::OK, receipt.text));
    // The team sees that there would have been some, once it is among the others.
    let team = sign_in(&receiver).await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(page.contains("invoice.pdf, 20\u{a0}KB, named and not asked for"), "{page}");
}
