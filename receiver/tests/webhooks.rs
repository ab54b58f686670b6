//! Webhooks: what arrives there, signed and how often; what is done when an endpoint fails; and that nothing is lost.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use domain::calendar::Timestamp;
use receiver::Options;
use receiver::store::{Letter, letters, replay};
use receiver::webhooks::{Deliveries, read, start};
use support::sink::{Heard, Sink, status};
use support::{Receiver, apart, at_now, complaint, golden, until, with};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OLD_SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// A webhook as the operator writes it.
fn webhook(name: &str, url: &str, more: &str) -> String {
    format!(r#"{{"name": "{name}", "url": "{url}", "secret": "{SECRET}", "internal": true{more}}}"#)
}

/// A receiver that tells nothing by itself.
fn quiet(webhooks: &[String], clock: fn() -> Timestamp) -> Receiver {
    let webhooks = read(&format!(r#"{{"webhooks": [{}]}}"#, webhooks.join(","))).unwrap();
    with(Options { webhooks, ..Options::default() }, clock)
}

fn telling(webhooks: &[String], clock: fn() -> Timestamp) -> (Receiver, Deliveries) {
    let receiver = quiet(webhooks, clock);
    let deliveries = start(&receiver.app).unwrap();
    (receiver, deliveries)
}

fn outbox(receiver: &Receiver) -> Vec<Letter> {
    let mut all = Vec::new();
    apart(|| letters(&receiver.place.target(), &mut |letter| all.push(letter)).unwrap());
    all
}

/// Takes up what is due, once, and waits until it was told or not.
async fn look(receiver: &Receiver) {
    start(&receiver.app).unwrap().end(Duration::from_secs(20)).await;
}

/// Asks the official library.
fn verify(heard: &Heard, secret: &str) -> bool {
    let library = standardwebhooks::Webhook::new(secret).unwrap();
    let at = heard.header("webhook-timestamp").parse().unwrap();
    let signature = library.sign(heard.header("webhook-id"), at, heard.body.as_bytes()).unwrap();
    heard.header("webhook-signature").split(' ').any(|one| one == signature)
}

#[tokio::test]
async fn what_was_handed_in_is_told_once_and_signed() {
    let sink = Sink::new(|_| status("204 No Content"));
    let both = webhook("crm", &sink.url, "")
        .replace(&format!("\"{SECRET}\""), &format!("[\"{SECRET}\", \"{OLD_SECRET}\"]"));
    let (receiver, deliveries) = telling(&[both], at_now);
    let receipt = receiver.post(golden("complaint")).await.json();
    assert_eq!(receiver.post(golden("complaint")).await.status, StatusCode::OK, "a repeat is no news");
    receiver.post(golden("follow_up")).await;
    let heard = sink.hears(2).await;
    until("an empty outbox", || outbox(&receiver).is_empty()).await;
    let first = &heard[0];
    assert!(first.head.starts_with("POST /in?from=care HTTP/1.1\n"), "{}", first.head);
    assert_eq!(first.header("content-type"), "application/json");
    assert_eq!(first.header("webhook-id"), "msg_0199f0a1-7c00-7a10-8b20-3c4d5e6f7083");
    assert_eq!(first.header("webhook-timestamp"), (at_now().0 / 1_000).to_string());
    for secret in [SECRET, OLD_SECRET] {
        assert!(verify(first, secret) && verify(&heard[1], secret));
    }
    assert!(!verify(first, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    assert!(!verify(&Heard { body: first.body.replace("complaint", "compliant"), ..first.clone() }, SECRET));
    let told = first.json();
    assert_eq!(told["type"], "submission.received");
    let data = &told["data"];
    assert_eq!(data["kind"], "complaint");
    assert_eq!((&data["reference"], &data["reply_by"]), (&receipt["reference"], &receipt["reply_by"]));
    assert_eq!(heard[1].json()["data"]["about"], "AE-9NF6-YW43");
    assert!(!first.body.contains("Robin") && !first.body.contains("secret"), "{}", first.body);
    deliveries.end(Duration::from_secs(5)).await;
    assert_eq!(sink.heard().len(), 2);
}

#[tokio::test]
async fn each_webhook_hears_what_it_wants() {
    let (complaints, all) = (Sink::new(|_| status("200 OK")), Sink::new(|_| status("200 OK")));
    let webhooks = [
        webhook("complaints", &complaints.url, r#", "kinds": ["complaint"]"#),
        webhook("all", &all.url, r#", "content": "full""#),
    ];
    let (receiver, _deliveries) = telling(&webhooks, at_now);
    for name in ["rating", "feedback", "complaint", "follow_up", "signal"] {
        receiver.post(golden(name)).await;
    }
    let heard = all.hears(5).await;
    let full = heard.iter().find(|heard| heard.json()["data"]["kind"] == "rating").unwrap().json();
    assert_eq!(
        full["data"]["submission"],
        serde_json::from_str::<serde_json::Value>(&golden("rating")).unwrap()
    );
    until("an empty outbox", || outbox(&receiver).is_empty()).await;
    assert_eq!(complaints.heard().len(), 1);
    assert!(complaints.heard()[0].json()["data"]["submission"].is_null(), "thin, unless asked");
}

#[tokio::test]
async fn what_was_erased_is_told_without_its_words() {
    static CLOCK: AtomicI64 = AtomicI64::new(1_795_000_000_000);
    let sink = Sink::new(|number| status(if number == 0 { "500 Oh" } else { "200 OK" }));
    let full = webhook("crm", &sink.url, r#", "content": "full""#);
    let receiver = quiet(&[full], || Timestamp(CLOCK.load(Ordering::Relaxed)));
    receiver.post(golden("complaint")).await;
    look(&receiver).await;
    let id = outbox(&receiver)[0].id.clone();
    assert!(receiver.store.erase(id, at_now()).await.unwrap());
    CLOCK.fetch_add(6_000, Ordering::Relaxed);
    look(&receiver).await;
    let heard = sink.heard();
    assert!(heard[0].body.contains("second walk") && !heard[1].body.contains("second walk"));
    assert_eq!(heard[1].json()["data"]["erased"], true);
}

#[tokio::test]
async fn a_failure_is_tried_again_on_time_and_under_the_same_id() {
    static CLOCK: AtomicI64 = AtomicI64::new(1_795_000_000_000);
    let sink = Sink::new(|number| match number {
        0 => status("500 Oh"),
        1 => Some("HTTP/1.1 503 Later\r\nretry-after: 900\r\ncontent-length: 0\r\n\r\n".to_owned()),
        2 => Some("this is no HTTP\r\n\r\n".to_owned()),
        _ => status("200 OK"),
    });
    let receiver = quiet(&[webhook("crm", &sink.url, "")], || Timestamp(CLOCK.load(Ordering::Relaxed)));
    receiver.post(complaint(1)).await;
    let mut tries = 0;
    for (said, wait_ms) in [("500", 5_000), ("503", 900_000), ("no answer", 30 * 60_000)] {
        look(&receiver).await;
        tries += 1;
        let letter = outbox(&receiver).remove(0);
        assert!(letter.attempts == tries && letter.said.starts_with(said), "{letter:?}");
        CLOCK.fetch_add(wait_ms - 500, Ordering::Relaxed);
        look(&receiver).await;
        assert_eq!(outbox(&receiver)[0].attempts, tries, "{said}: too early");
        CLOCK.fetch_add(500 + wait_ms / 10, Ordering::Relaxed);
    }
    look(&receiver).await;
    assert!(outbox(&receiver).is_empty());
    let heard = sink.heard();
    assert_eq!(heard.len(), 4);
    assert!(heard.iter().all(|one| one.header("webhook-id") == heard[0].header("webhook-id")));
    assert!(heard.iter().all(|one| one.body == heard[0].body && verify(one, SECRET)));
}

/// The endpoint asks for peace, and other messages keep to that as well.
#[tokio::test]
async fn too_much_is_too_much_for_every_message() {
    static CLOCK: AtomicI64 = AtomicI64::new(1_795_000_000_000);
    let later = "HTTP/1.1 429 Later\r\nretry-after: 60\r\ncontent-length: 0\r\n\r\n";
    let sink = Sink::new(move |number| if number == 0 { Some(later.to_owned()) } else { status("200 OK") });
    let (receiver, deliveries) =
        telling(&[webhook("crm", &sink.url, "")], || Timestamp(CLOCK.load(Ordering::Relaxed)));
    receiver.post(complaint(1)).await;
    until("a note", || outbox(&receiver)[0].attempts == 1).await;
    receiver.post(complaint(2)).await;
    deliveries.end(Duration::from_secs(20)).await;
    assert_eq!(sink.heard().len(), 1);
    CLOCK.fetch_add(70_000, Ordering::Relaxed);
    look(&receiver).await;
    assert_eq!((sink.heard().len(), outbox(&receiver).len()), (3, 0));
}

#[tokio::test]
async fn redirects_are_not_followed_and_410_ends_it() {
    let trap = Sink::new(|_| status("200 OK"));
    let moved = format!("HTTP/1.1 307 Moved\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", trap.url);
    let redirecting = Sink::new(move |_| Some(moved.clone()));
    let gone = Sink::new(|_| status("410 Gone"));
    let webhooks = [webhook("moved", &redirecting.url, ""), webhook("gone", &gone.url, "")];
    let (receiver, deliveries) = telling(&webhooks, at_now);
    for number in 0..8 {
        receiver.post(complaint(number)).await;
    }
    redirecting.hears(1).await;
    gone.hears(1).await;
    until("notes", || outbox(&receiver).iter().filter(|letter| letter.attempts > 0).count() >= 2).await;
    receiver.post(complaint(9)).await;
    assert_eq!(trap.heard().len(), 0);
    let all = outbox(&receiver);
    assert_eq!(all.len(), 18, "and nothing of it is lost");
    assert!(all.iter().any(|letter| letter.said.contains("a redirect, which is not followed")), "{all:?}");
    let metrics = receiver.get("/metrics").await.text;
    assert!(metrics.contains("all_ears_webhook_gone{webhook=\"gone\"} 1"), "{metrics}");
    assert!(metrics.contains("all_ears_outbox{webhook=\"gone\",state=\"waiting\"} 9"), "{metrics}");
    deliveries.end(Duration::from_secs(5)).await;
    assert!(gone.heard().len() <= 4, "it wants nothing any more, but for what was under way");
}

#[tokio::test]
async fn a_silent_endpoint_holds_up_nobody_else() {
    let (silent, quick) = (Sink::new(|_| None), Sink::new(|_| status("200 OK")));
    let webhooks =
        [webhook("silent", &silent.url, r#", "timeout_seconds": 1"#), webhook("quick", &quick.url, "")];
    let (receiver, deliveries) = telling(&webhooks, at_now);
    let start = Instant::now();
    for number in 0..12 {
        receiver.post(complaint(number)).await;
    }
    quick.hears(12).await;
    // Each try is given up after a second; on a machine that is busy some have been by now.
    let rounds = 1 + usize::try_from(start.elapsed().as_secs()).unwrap();
    assert!(silent.heard().len() <= 4 * rounds, "a few tries at a time");
    until("a note", || outbox(&receiver).iter().any(|letter| letter.said == "no answer within 1 s")).await;
    deliveries.end(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn only_public_addresses_unless_it_is_internal() {
    let sink = Sink::new(|_| status("200 OK"));
    let url = sink.url.replace("http://127.0.0.1", "https://localhost");
    let public = webhook("public", &url, "").replace(", \"internal\": true", "");
    let (receiver, _deliveries) = telling(&[public], at_now);
    receiver.post(complaint(1)).await;
    until("a note", || outbox(&receiver).first().is_some_and(|letter| letter.said.contains("not public")))
        .await;
    assert_eq!(sink.heard().len(), 0);
}

#[tokio::test]
async fn what_is_given_up_stays_and_comes_back_on_demand() {
    static CLOCK: AtomicI64 = AtomicI64::new(1_795_000_000_000);
    let sink = Sink::new(|number| status(if number < 10 { "500 Oh" } else { "200 OK" }));
    let receiver = quiet(&[webhook("crm", &sink.url, "")], || Timestamp(CLOCK.load(Ordering::Relaxed)));
    receiver.post(complaint(1)).await;
    for attempts in 1..=10 {
        look(&receiver).await;
        let letter = outbox(&receiver).remove(0);
        assert_eq!((letter.attempts, letter.said.as_str()), (attempts, "500"));
        assert_eq!(letter.state, if attempts < 10 { "waiting" } else { "dead" });
        CLOCK.fetch_add(27 * 60 * 60 * 1_000, Ordering::Relaxed);
    }
    let metrics = receiver.get("/metrics").await.text;
    assert!(metrics.contains("all_ears_outbox{webhook=\"crm\",state=\"dead\"} 1"), "{metrics}");
    look(&receiver).await;
    assert_eq!(sink.heard().len(), 10, "the dead rest");
    let now = Timestamp(CLOCK.load(Ordering::Relaxed));
    let target = receiver.place.target();
    assert_eq!(apart(|| replay(&target, Some("other"), now).unwrap()), 0);
    assert_eq!(apart(|| replay(&target, None, now).unwrap()), 1);
    look(&receiver).await;
    assert!(outbox(&receiver).is_empty());
}

/// Two receivers on one database: what one has taken up, the other leaves alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_at_one_outbox_tell_everything_once() {
    let sink = Sink::new(|_| status("200 OK"));
    let (receiver, first) = telling(&[webhook("crm", &sink.url, "")], at_now);
    let second = start(&receiver.app).unwrap();
    for number in 0..60 {
        receiver.post(complaint(number)).await;
    }
    sink.hears(60).await;
    until("an empty outbox", || outbox(&receiver).is_empty()).await;
    first.end(Duration::from_secs(5)).await;
    second.end(Duration::from_secs(5)).await;
    assert_eq!(sink.heard().len(), 60);
}
