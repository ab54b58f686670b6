//! The contract for senders: what is received is stored once and answered the same for ever; what is refused changes
//! nothing and says why.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, StatusCode};
use hyper::body::Frame;
use receiver::Options;
use support::team::sign_in;
use support::{complaint, config, golden, receiver, with};

#[tokio::test]
async fn every_kind_is_received() {
    let receiver = receiver();
    for (at, name) in
        ["rating", "feedback", "complaint", "follow_up", "signal", "complaint-minimal"].iter().enumerate()
    {
        let body = golden(name);
        let answer = receiver.post(body.clone()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{name}: {}", answer.text);
        let sent: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(answer.json()["id"], sent["id"]);
        assert_eq!(answer.json()["received_at"], support::NOW);
        assert_eq!(answer.json().get("status_url").is_some(), name.starts_with("complaint"));
        assert_eq!(receiver.rows(), at as i64 + 1);
    }
}

#[tokio::test]
async fn a_complaint_gets_its_promise() {
    let receipt = receiver().post(golden("complaint")).await.json();
    assert_eq!(receipt["reference"], "AE-9NF6-YW43");
    assert_eq!(receipt["owner"], "Maya Okafor");
    // Two working days from Saturday morning: Monday and Tuesday, until closing time in London.
    assert_eq!(receipt["reply_by"], "2026-11-24T17:00:00.000Z");
    let url = receipt["status_url"].as_str().unwrap();
    let secret = url.strip_prefix("http://care.example/v1/status/AE-9NF6-YW43?secret=").unwrap();
    assert_eq!(secret.len(), 26);
}

#[tokio::test]
async fn the_widget_and_the_receiver_promise_the_same() {
    let promise = config().complaint.promise;
    let zone = receiver::NamedZone::named("Europe/London").unwrap();
    let expected = domain::promise::reply_by(&promise, &zone, support::at_now());
    assert_eq!(receiver().post(complaint(1)).await.json()["reply_by"], expected.to_rfc3339());
}

#[tokio::test]
async fn text_is_json_too() {
    let receiver = receiver();
    for (number, kind) in
        ["text/plain;charset=UTF-8", "text/plain", "Application/JSON; charset=utf-8"].iter().enumerate()
    {
        assert_eq!(
            receiver.post_as(kind, complaint(number as u32)).await.status,
            StatusCode::CREATED,
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_repeat_gets_the_same_receipt() {
    let receiver = receiver();
    let first = receiver.post(golden("complaint")).await;
    let again = receiver.post_as("text/plain", golden("complaint")).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.header("idempotent-replay"), "true");
    assert_eq!(again.text, first.text);
    assert_eq!(receiver.rows(), 1);
}

#[tokio::test]
async fn an_id_belongs_to_one_submission() {
    let receiver = receiver();
    let first = receiver.post(golden("complaint")).await;
    let other = receiver.post(golden("complaint").replace("second walk", "third walk")).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(other.json()["type"], "urn:all-ears:problem:id-reused");
    assert_eq!(receiver.rows(), 1);
    assert_eq!(receiver.post(golden("complaint")).await.text, first.text);
}

#[tokio::test]
async fn the_same_id_64_times_at_once_is_one_row() {
    let receiver = std::sync::Arc::new(receiver());
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let receiver = std::sync::Arc::clone(&receiver);
            tokio::spawn(async move { receiver.post_until_heard(golden("complaint")).await })
        })
        .collect();
    let mut receipts = std::collections::BTreeSet::new();
    let mut created = 0;
    for task in tasks {
        let answer = task.await.unwrap();
        assert!(answer.status.is_success(), "{}", answer.text);
        created += usize::from(answer.status == StatusCode::CREATED);
        receipts.insert(answer.text);
    }
    assert_eq!((created, receipts.len(), receiver.rows()), (1, 1, 1));
}

#[tokio::test]
async fn a_taken_reference_makes_way() {
    let receiver = receiver();
    let first = receiver.post(golden("complaint")).await.json();
    // Another id with the same last forty bits, as two in a trillion have.
    let twin = golden("complaint").replace("0199f0a1-7c00", "0199f0a1-7c01");
    let second = receiver.post(twin.clone()).await;
    assert_eq!(second.status, StatusCode::CREATED);
    assert_ne!(second.json()["reference"], first["reference"]);
    assert_eq!(receiver.post(twin).await.text, second.text);
}

#[tokio::test]
async fn nobody_claims_a_reference() {
    let receipt = receiver().post(golden("complaint").replace("AE-9NF6-YW43", "FW-0000-0000")).await.json();
    assert_eq!(receipt["reference"], "FW-9NF6-YW43");
}

#[tokio::test]
async fn every_prefix_that_a_config_may_have_is_read_back() {
    use domain::limits::REFERENCE_PREFIX_CHARS_MAX;
    for length in 1..=REFERENCE_PREFIX_CHARS_MAX + 1 {
        let receiver = receiver();
        let reference = format!("{}-9NF6-YW43", &"FERNWAYS"[..length]);
        let answer = receiver.post(golden("complaint").replace("AE-9NF6-YW43", &reference)).await;
        let option = format!("{{\"complaint\":{{\"reference_prefix\":\"{}\"}}}}", &"FERNWAYS"[..length]);
        let (read, _) = wire::options::read(&wire::value::Value::parse(&option).unwrap());
        if length > REFERENCE_PREFIX_CHARS_MAX {
            // The config does not take it either, so that no widget ever shows it.
            check_refused(&answer, 400, "shape", "reference");
            assert_eq!(read.complaint.reference_prefix, "AE");
            continue;
        }
        assert_eq!(read.complaint.reference_prefix, &"FERNWAYS"[..length]);
        assert_eq!(answer.json()["reference"], reference.as_str());
        let url = answer.json()["status_url"].as_str().unwrap().to_owned();
        let status = receiver.get(url.strip_prefix("http://care.example").unwrap()).await;
        assert_eq!(status.json()["reference"], reference.as_str());
    }
}

#[tokio::test]
async fn the_idempotency_key_agrees() {
    let receiver = receiver();
    for (key, expected) in [
        ("\"0199f0a1-7c00-7a10-8b20-3c4d5e6f7083\"", StatusCode::CREATED),
        ("0199f0a1-7c00-7a10-8b20-3c4d5e6f7083", StatusCode::OK),
        ("another", StatusCode::BAD_REQUEST),
    ] {
        let request = Request::post("/v1/submissions")
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(Body::from(golden("complaint")))
            .unwrap();
        assert_eq!(receiver.ask(request).await.status, expected, "{key}");
    }
}

#[track_caller]
fn check_refused(answer: &support::Answer, status: u16, name: &str, detail: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["type"], format!("urn:all-ears:problem:{name}"));
    assert_eq!(problem["status"], status);
    let told = problem["detail"].as_str().unwrap();
    assert!(told.contains(detail), "{told}");
}

#[tokio::test]
async fn bad_input_is_refused_with_its_reason() {
    let receiver = receiver();
    let kept = receiver.post(golden("complaint")).await;
    let fresh = complaint(7);
    for (body, status, name, detail) in [
        ("".to_owned(), 400, "not-json", "line 1"),
        ("{".to_owned(), 400, "not-json", "EOF while parsing an object at line 1, column 1"),
        ("[]".to_owned(), 400, "shape", "expected an object, found a list"),
        ("{\"id\": 1, \"id\": 2}".to_owned(), 400, "not-json", "duplicate key \"id\" at line 1, column 14"),
        ("[".repeat(60_000), 400, "not-json", "more than 16 levels"),
        (
            fresh.replace("submission/1", "submission/9"),
            400,
            "shape",
            "schema: expected all-ears/submission/1",
        ),
        (
            fresh.replace("\"kind\":\"complaint\"", "\"kind\":\"rant\""),
            400,
            "shape",
            "kind: expected rating, feedback",
        ),
        (
            fresh.replace("\"My parcel is late.\"", "null"),
            400,
            "shape",
            "complaint.text: expected the customer's words, found null",
        ),
        (fresh.replace("\"My parcel is late.\"", "\"  \""), 400, "shape", "complaint.text"),
        (
            fresh.replace("2026-11-21T10:04:05Z", "yesterday"),
            400,
            "shape",
            "created_at: expected an RFC 3339 time, found \"yesterday\"",
        ),
        (fresh.replace("0199", "xxxx"), 400, "shape", "id: expected a UUID"),
        (format!("{fresh}{}", " ".repeat(70_000)), 413, "too-large", "65536"),
        ("a".repeat(10_000_000), 413, "too-large", "65536"),
    ] {
        check_refused(&receiver.post(body).await, status, name, detail);
    }
    let mut bytes = fresh.clone().into_bytes();
    bytes[20] = 0xff;
    check_refused(&receiver.post(bytes).await, 400, "not-utf-8", "byte 20");
    check_refused(
        &receiver.post_as("application/xml", fresh.clone()).await,
        415,
        "media-type",
        "application/xml",
    );
    check_refused(&receiver.post_as("text/plain; charset=latin1", fresh).await, 415, "media-type", "latin1");
    assert_eq!(receiver.rows(), 1);
    assert_eq!(receiver.post(golden("complaint")).await.text, kept.text);
}

#[tokio::test]
async fn problems_say_where() {
    let answer = receiver().post(golden("rating").replace("\"value\":4", "\"value\":9")).await;
    let fault = &answer.json()["errors"][0];
    assert_eq!(fault["path"], "rating.answers[0].value");
    assert_eq!(fault["expected"], "a whole number from 1 to 5");
    assert_eq!(fault["found"], "9");
    let answer = receiver().post("{\n\"a\":x}").await.json();
    assert_eq!((answer["line"].as_u64(), answer["column"].as_u64()), (Some(2), Some(5)));
}

#[tokio::test]
async fn wrong_methods_hear_the_right_ones() {
    let receiver = receiver();
    for (method, path, allowed) in [
        ("PUT", "/v1/submissions", "POST, OPTIONS"),
        ("GET", "/v1/submissions", "POST, OPTIONS"),
        ("DELETE", "/v1/status/AE-9NF6-YW43", "GET, HEAD, OPTIONS"),
        ("POST", "/", "GET, HEAD"),
        ("PATCH", "/register", "GET, HEAD"),
    ] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let answer = receiver.ask(request).await;
        check_refused(&answer, 405, "method", allowed);
        assert_eq!(answer.headers.get_all("allow").iter().count(), 1);
        assert_eq!(answer.header("allow"), allowed);
    }
    check_refused(&receiver.get("/v2/submissions").await, 404, "not-found", "unknown");
}

#[tokio::test]
async fn other_sites_need_to_be_on_the_list() {
    let options = Options { allow_origins: vec!["https://shop.example".to_owned()], ..Options::default() };
    let receiver = with(options, support::at_now);
    let ask = async |method: &str, origin: &str, body: String| {
        let request = Request::builder()
            .method(method)
            .uri("/v1/submissions")
            .header("host", "care.example")
            .header("origin", origin)
            .header("content-type", "text/plain")
            .body(Body::from(body))
            .unwrap();
        receiver.ask(request).await
    };
    let good = ask("POST", "https://shop.example", complaint(1)).await;
    assert_eq!(good.status, StatusCode::CREATED);
    assert_eq!(good.header("access-control-allow-origin"), "https://shop.example");
    assert_eq!(good.header("vary"), "Origin");
    // The headers stand on errors too.
    let bad = ask("POST", "https://shop.example", "{".to_owned()).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert_eq!(bad.header("access-control-allow-origin"), "https://shop.example");
    let same = ask("POST", "https://care.example", complaint(2)).await;
    assert_eq!(same.status, StatusCode::CREATED);
    for stranger in
        ["https://evil.example", "https://shop.example.evil.example", "null", "http://localhost:3000"]
    {
        let answer = ask("POST", stranger, complaint(3)).await;
        check_refused(&answer, 403, "origin", "--allow-origin");
        assert_eq!(answer.header("access-control-allow-origin"), "");
        assert_eq!(ask("OPTIONS", stranger, String::new()).await.status, StatusCode::FORBIDDEN);
    }
    let preflight = ask("OPTIONS", "https://shop.example", String::new()).await;
    assert_eq!(preflight.status, StatusCode::NO_CONTENT);
    assert_eq!(preflight.header("access-control-allow-methods"), "POST");
    assert_eq!(preflight.header("access-control-allow-headers"), "Content-Type, Idempotency-Key");
    assert_eq!(preflight.header("access-control-max-age"), "7200");
    assert_eq!(receiver.rows(), 2);
}

#[tokio::test]
async fn only_the_receipt_opens_the_status() {
    let receiver = receiver();
    let receipt = receiver.post(golden("complaint")).await.json();
    let url = receipt["status_url"].as_str().unwrap().strip_prefix("http://care.example").unwrap();
    let answer = receiver.get(url).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    let report = answer.json();
    assert_eq!(report["state"], "received");
    assert_eq!(report["reply_by"], receipt["reply_by"]);
    assert_eq!(report["owner"], "Maya Okafor");
    assert_eq!(report["updates"][0]["state"], "received");
    // Typed by hand: lower case, and O for zero.
    let (path, secret) = url.split_once('=').unwrap();
    let typed = format!("{}={}", path.to_lowercase(), secret.to_lowercase().replace('0', "o"));
    assert_eq!(receiver.get(&typed).await.status, StatusCode::OK);
    let mut refusals = std::collections::BTreeSet::new();
    for wrong in [
        "/v1/status/AE-9NF6-YW43",
        "/v1/status/AE-9NF6-YW43?secret=",
        "/v1/status/AE-9NF6-YW43?secret=00000000000000000000000000",
        "/v1/status/AE-0000-0000?secret=00000000000000000000000000",
        "/v1/status/AE-0000-0000?secret=",
        "/v1/status/what?secret=1",
    ] {
        let answer = receiver.get(wrong).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
        refusals.insert(answer.text);
    }
    assert_eq!(refusals.len(), 1, "an unknown reference and a wrong secret look alike");
}

/// A body that never comes.
struct Silent;

impl HttpBody for Silent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn no_body_keeps_a_connection_for_ever() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let paths = [
        "/v1/submissions",
        "/register/login",
        "/register/logout",
        "/register/complaints/AE-9NF6-YW43",
        "/register/quarantine/1",
    ];
    let all = paths.map(|path| {
        let request = Request::post(path)
            .header("host", "care.example")
            .header("cookie", &team.cookie)
            .header("content-type", "application/json")
            .body(Body::new(Silent))
            .unwrap();
        tokio::time::timeout(Duration::from_secs(8), receiver.ask(request))
    });
    for (path, answer) in paths.iter().zip(together(all).await) {
        let answer = answer.unwrap_or_else(|_| panic!("{path} waits for ever"));
        assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT, "{path}");
    }
}

/// All of them at once.
async fn together<F: Future, const N: usize>(all: [F; N]) -> Vec<F::Output> {
    let mut all: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        for (one, done) in all.iter_mut().filter(|(_, done)| done.is_none()) {
            if let Poll::Ready(output) = one.as_mut().poll(context) {
                *done = Some(output);
            }
        }
        if all.iter().all(|(_, done)| done.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(|(_, done)| done).collect()
}
