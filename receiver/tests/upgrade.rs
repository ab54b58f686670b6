//! A database that the first version wrote: it is brought up to date, nothing of it is lost, and a copy that the first
//! version can open stays beside it.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::StatusCode;
use receiver::{App, Options, Store};
use support::{Place, Receiver, Scratch, config, count};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

#[tokio::test]
async fn what_the_first_version_wrote_is_still_there() {
    let scratch = Scratch::new();
    std::fs::copy(fixture("v1.sqlite"), &scratch.0).unwrap();
    let rows = count(&scratch.0, "SELECT count(*) FROM submissions");
    let store = Store::open(&scratch.0).unwrap();
    let mut copy = scratch.0.clone().into_os_string();
    copy.push(".v1");
    let copy = Scratch(copy.into());
    assert_eq!(count(&copy.0, "SELECT user_version FROM pragma_user_version"), 1);
    assert_eq!(count(&copy.0, "SELECT count(*) FROM submissions"), rows);
    let app = Arc::new(App::new(store.clone(), config(), Options::default()));
    let router = receiver::app(Arc::clone(&app));
    let receiver = Receiver { place: Place::File(scratch), store, router, app };
    let said = std::fs::read_to_string(fixture("v1.jsonl")).unwrap();
    let mut repeated = 0;
    for line in said.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let answer = receiver.post(line["body"].as_str().unwrap().to_owned()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.text, line["receipt"].as_str().unwrap());
        repeated += 1;
    }
    assert_eq!((repeated, receiver.rows()), (rows, rows));
    // The log of then and the entries of now are one chain.
    receiver.post(support::complaint(900)).await;
    assert_eq!(receiver.store.broken_event().await.unwrap(), None);
    let notes = "SELECT count(*) FROM events WHERE note = 'A new pair is on its way.'";
    assert_eq!(receiver.place.count(notes), 1);
}
