//! Who may open a complaint again: whoever has its receipt. Others know the reference too: it is read aloud, and stands in
//! letters and subjects.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::http::StatusCode;
use domain::status::State;
use receiver::Options;
use receiver::store::{Format, export, verify};
use receiver::webhooks::{read, start};
use serde_json::Value;
use support::sink::{Sink, status};
use support::team::sign_in;
use support::{Receiver, apart, at_now, golden, keyed, receiver, with};

const REFERENCE: &str = "AE-9NF6-YW43";
const CASE: &str = "/register/complaints/AE-9NF6-YW43";
const TOLD: &str = "The new pair is one size too small.";
const ID: &str = "0199f0a1-7c00-7a10-8b20-3c4d5e6f7083";

/// A complaint with its answer, and its receipt.
async fn answered(receiver: &Receiver) -> Value {
    let receipt = receiver.post(golden("complaint")).await.json();
    let note = "A new pair is on its way.".to_owned();
    receiver.store.advance(REFERENCE.to_owned(), State::Decided, note, at_now()).await.unwrap();
    receipt
}

fn key(receipt: &Value) -> &str {
    receipt["status_url"].as_str().unwrap().split_once("?secret=").unwrap().1
}

async fn report(receiver: &Receiver, receipt: &Value) -> Value {
    let url = receipt["status_url"].as_str().unwrap().strip_prefix("http://care.example").unwrap();
    receiver.get(url).await.json()
}

#[tokio::test]
async fn a_stranger_with_the_reference_opens_nothing() {
    let receiver = receiver();
    let receipt = answered(&receiver).await;
    let before = report(&receiver, &receipt).await;
    let events = receiver.place.count("SELECT count(*) FROM events");
    let other = receiver.post(support::complaint(7)).await.json();
    let stranger = golden("follow_up").replace("https://shop.example", "https://evil.example");
    let wrong = |key: &str, id: &str| {
        golden("follow_up-secret").replace("0123456789ABCDEFGHJKMNPQRS", key).replace("6f7084", id)
    };
    for (number, body) in [
        stranger,
        wrong("0123456789ABCDEFGHJKMNPQRS", "6f7091"),
        wrong(key(&other), "6f7092"),
        wrong("", "6f7093"),
        wrong(&key(&receipt)[..25], "6f7094"),
    ]
    .into_iter()
    .enumerate()
    {
        let answer = receiver.post(body.clone()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{number}: {}", answer.text);
        let again = receiver.post(body).await;
        assert_eq!((again.status, again.text), (StatusCode::OK, answer.text), "{number}");
    }
    assert_eq!(report(&receiver, &receipt).await, before);
    assert_eq!(receiver.place.count("SELECT count(*) FROM events"), events + 1, "the other complaint came");
    assert_eq!(receiver.store.counts().await.unwrap().suspects, 5);
    let team = sign_in(&receiver).await;
    let page = team.see(CASE).await;
    assert!(!page.contains(TOLD) && !page.contains("The customer told us more"), "{page}");
    assert!(page.contains(">5 messages</a> about this complaint came without the customer’s key"), "{page}");
    // "Not yet" alone, as the widget says it.
    let bare = golden("follow_up").replace(&format!(",\"text\":\"{TOLD}\""), "").replace("6f7084", "6f7095");
    assert_eq!(receiver.post(bare).await.status, StatusCode::CREATED);
    let page = team.see("/register/quarantine").await;
    assert!(page.contains("Not yet") && !page.contains("<blockquote></blockquote>"), "{page}");
    assert_eq!(page.matches(TOLD).count(), 5, "nothing is lost: {page}");
    assert!(page.contains("Came without the customer’s key") && page.contains(CASE), "{page}");
    let exported = |format| {
        let mut lines = Vec::new();
        apart(|| export(receiver.place.target(), format, None, &mut lines).unwrap());
        String::from_utf8(lines).unwrap()
    };
    // The last one is also said word for word by the four before it.
    let (csv, lines) = (exported(Format::Csv), exported(Format::JsonLines));
    assert!(csv.contains(",without the key\r\n") && csv.contains("same words, without the key"), "{csv}");
    assert_eq!((csv.matches("without the key").count(), lines.matches("without the key\"").count()), (6, 6));
}

#[tokio::test]
async fn the_key_is_forgiven_as_people_type_it() {
    let receiver = receiver();
    let receipt = answered(&receiver).await;
    let typed = format!(" {}-{}", &key(&receipt)[..9].to_lowercase(), &key(&receipt)[9..]);
    receiver.post(keyed(&receipt).replace(key(&receipt), &typed)).await;
    assert_eq!(report(&receiver, &receipt).await["state"], "received");
    let page = sign_in(&receiver).await.see(CASE).await;
    assert!(page.contains(TOLD) && !page.contains("came without"), "{page}");
}

#[tokio::test]
async fn somebody_of_the_team_may_know_that_it_is_theirs() {
    let receiver = receiver();
    let receipt = answered(&receiver).await;
    receiver.post(golden("follow_up")).await;
    let team = sign_in(&receiver).await;
    team.releases(TOLD).await;
    let report = report(&receiver, &receipt).await;
    assert_eq!(report["state"], "received");
    assert_eq!(report["reply_by"], receipt["reply_by"], "counted from now, which is the same here");
    let page = team.see(CASE).await;
    assert!(page.contains(TOLD) && page.contains("Opened again"), "{page}");
    assert!(page.contains("taken for the customer’s") && !page.contains("told us more"), "{page}");
    assert_eq!(receiver.store.counts().await.unwrap().suspects, 0);
    assert!(apart(|| verify(&receiver.place.target()).unwrap()).is_sound());
}

#[tokio::test]
async fn the_key_is_kept_nowhere_beside_its_complaint() {
    let sink = Sink::new(|_| status("204 No Content"));
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let webhooks = serde_json::json!({"webhooks": [
        {"name": "crm", "url": sink.url, "secret": secret, "internal": true, "content": "full"},
    ]});
    let webhooks = read(&webhooks.to_string()).unwrap();
    let receiver = with(Options { webhooks, ..Options::default() }, at_now);
    let deliveries = start(&receiver.app).unwrap();
    let receipt = answered(&receiver).await;
    let first = receiver.post(keyed(&receipt)).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let again = receiver.post(keyed(&receipt)).await;
    assert_eq!((again.status, &again.text), (StatusCode::OK, &first.text));
    let other = receiver.post(keyed(&receipt).replace("too small", "too large")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let key = key(&receipt);
    let mut told = String::new();
    for format in [Format::Csv, Format::JsonLines] {
        let mut lines = Vec::new();
        apart(|| export(receiver.place.target(), format, None, &mut lines).unwrap());
        told.push_str(&String::from_utf8(lines).unwrap());
    }
    for heard in sink.hears(2).await {
        told.push_str(&heard.body);
    }
    let team = sign_in(&receiver).await;
    told.push_str(&team.see(CASE).await);
    assert!(told.matches(TOLD).count() >= 4, "{told}");
    assert!(!told.contains(key), "{told}");
    let report = apart(|| verify(&receiver.place.target()).unwrap());
    assert!(report.is_sound(), "{report:?}");
    deliveries.end(std::time::Duration::from_secs(5)).await;
}

#[tokio::test]
async fn what_was_erased_is_opened_by_nobody() {
    let receiver = receiver();
    let receipt = answered(&receiver).await;
    assert!(receiver.store.erase(ID.to_owned(), at_now()).await.unwrap());
    assert_eq!(receiver.post(keyed(&receipt)).await.status, StatusCode::CREATED);
    assert_eq!(receiver.store.counts().await.unwrap().suspects, 1);
    sign_in(&receiver).await.releases(TOLD).await;
    assert_eq!(receiver.place.count("SELECT count(*) FROM complaints WHERE state = 'decided'"), 1);
}
