//! The register: behind its token, in the right order, with every text as text.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod support;

use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::calendar::Timestamp;
use receiver::Options;
use support::team::{post, sign_in};
use support::{at_now, complaint, golden, keyed, receiver, with};

#[tokio::test]
async fn nobody_sees_it_without_the_token() {
    let receiver = receiver();
    receiver.post(golden("complaint")).await;
    for path in [
        "/register",
        "/register/ratings",
        "/register/feedback",
        "/register/searches",
        "/register/complaints/AE-9NF6-YW43",
    ] {
        let answer = receiver.get(path).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/register/login"),
            "{path}"
        );
        assert!(answer.text.is_empty());
    }
    assert_eq!(receiver.get("/register/login").await.status, StatusCode::OK);
    for wrong in ["token=", "token=00000000000000000000000000", "nothing=1", ""] {
        let answer = post(&receiver, "/register/login", "", "http://care.example", wrong.to_owned()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.header("set-cookie"), "");
    }
    let path = "/register/complaints/AE-9NF6-YW43";
    let answer =
        post(&receiver, path, "all_ears_register=guess", "http://care.example", "state=closed".to_owned())
            .await;
    assert_eq!(answer.header("location"), "/register/login");
}

#[tokio::test]
async fn a_new_token_signs_everybody_out() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    team.see("/register").await;
    let _other = sign_in(&receiver).await;
    let request = Request::get("/register").header("cookie", &team.cookie).body(Body::empty()).unwrap();
    assert_eq!(receiver.ask(request).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn late_promises_stand_first() {
    // Tuesday, 10:00: what came on Saturday is due today, what came in the week before is late.
    let receiver = with(Options::default(), || Timestamp::parse_rfc3339("2026-11-24T10:00:00Z").unwrap());
    let team = sign_in(&receiver).await;
    for number in 1..=4 {
        receiver.post(complaint(number)).await;
    }
    for (reference, reply_by) in [
        ("AE-0000-0001", "2026-11-25T17:00:00Z"),
        ("AE-0000-0002", "2026-11-24T17:00:00Z"),
        ("AE-0000-0003", "2026-11-20T17:00:00Z"),
        ("AE-0000-0004", "2026-11-19T17:00:00Z"),
    ] {
        let at = Timestamp::parse_rfc3339(reply_by).unwrap().0;
        let sql = format!("UPDATE complaints SET reply_by_ms = {at} WHERE reference = '{reference}'");
        receiver.place.run(&sql).unwrap();
    }
    let page = team.see("/register").await;
    let marks =
        [">Overdue ", "AE-0000-0004", "AE-0000-0003", ">Today ", "AE-0000-0002", ">Later ", "AE-0000-0001"];
    let places: Vec<_> =
        marks.iter().map(|mark| page.find(mark).unwrap_or_else(|| panic!("{mark} is missing"))).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn a_state_reaches_the_customer() {
    let receiver = receiver();
    let receipt = receiver.post(golden("complaint")).await.json();
    let status =
        receipt["status_url"].as_str().unwrap().strip_prefix("http://care.example").unwrap().to_owned();
    let team = sign_in(&receiver).await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    for part in [
        "The left sole came off on the second walk.",
        "I walked home in wet socks.",
        "New boots before Saturday.",
        "A replacement, Their money back",
        "ada@mail.example",
        "Tue 24 Nov 2026, 17:00",
        "The complaint arrived",
    ] {
        assert!(page.contains(part), "{part} is missing");
    }
    let answer = team.advance("AE-9NF6-YW43", "state=investigating&note=We+ask+the+workshop%3Cbr%3E").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/register/complaints/AE-9NF6-YW43?saved")
    );
    let report = receiver.get(&status).await.json();
    assert_eq!(report["state"], "investigating");
    assert_eq!(report["updates"][1]["note"], "We ask the workshop<br>");
    assert!(team.see("/register/complaints/AE-9NF6-YW43").await.contains("We ask the workshop&lt;br&gt;"));
    assert_eq!(team.advance("AE-9NF6-YW43", "state=nonsense").await.status, StatusCode::NOT_FOUND);
    assert_eq!(team.advance("AE-1111-1111", "state=closed").await.status, StatusCode::NOT_FOUND);
    assert_eq!(receiver.store.broken_event().await.unwrap(), None);
}

#[tokio::test]
async fn forms_come_from_the_register_itself() {
    let receiver = receiver();
    receiver.post(golden("complaint")).await;
    let team = sign_in(&receiver).await;
    let path = "/register/complaints/AE-9NF6-YW43";
    let with_token = format!("csrf={}&state=closed", team.csrf().await);
    for (origin, form) in [
        ("http://care.example", "state=closed".to_owned()),
        ("http://care.example", "csrf=00000000000000000000000000&state=closed".to_owned()),
        ("https://evil.example", with_token.clone()),
        ("null", with_token),
    ] {
        let answer = post(&receiver, path, &team.cookie, origin, form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    assert!(team.see(path).await.contains("badge received"));
}

#[tokio::test]
async fn not_put_right_opens_the_complaint_again() {
    let receiver = receiver();
    let receipt = receiver.post(golden("complaint")).await.json();
    let team = sign_in(&receiver).await;
    team.advance("AE-9NF6-YW43", "state=closed&note=").await;
    receiver.post(keyed(&receipt)).await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    for part in
        ["badge received", "The customer told us more", "The new pair is one size too small.", "Not yet"]
    {
        assert!(page.contains(part), "{part} is missing");
    }
}

#[tokio::test]
async fn a_follow_up_may_overtake_its_complaint() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    receiver.post(golden("follow_up")).await;
    let told = "The new pair is one size too small.";
    assert!(!team.see("/register/feedback").await.contains(told), "nobody knows whose it is");
    team.releases(told).await;
    assert!(team.see("/register/feedback").await.contains(told));
    receiver.post(golden("complaint")).await;
    assert!(!team.see("/register/feedback").await.contains(told));
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(page.contains(told) && page.contains("The customer told us more"));
}

#[tokio::test]
async fn a_completed_rating_counts_once() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let tap = golden("rating")
        .replace("7c00-7a10-8b20-3c4d5e6f7081", "7bff-7a10-8b20-3c4d5e6f7080")
        .replace("\"supersedes\":\"0199f0a1-7bff-7a10-8b20-3c4d5e6f7080\",", "")
        .replace("\"value\":4", "\"value\":1");
    // The comment may arrive before the tap that it replaces.
    receiver.post(golden("rating")).await;
    assert_eq!(receiver.post(tap).await.status, StatusCode::CREATED);
    let page = team.see("/register/ratings").await;
    assert!(page.contains("4.0 <span class=\"quiet\">of 5, 1 answer<"), "{page}");
    assert!(page.contains("fit, grip") && page.contains("Warm from the first minute."));
    assert_eq!(receiver.rows(), 2);
}

#[tokio::test]
async fn every_text_stays_a_text() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let hostile = "</blockquote><script>alert(1)</script>\\\"'&amp;";
    for name in ["rating", "feedback", "complaint", "follow_up", "signal"] {
        let mut body = golden(name);
        for harmless in [
            "Warm from the first minute.",
            "\"product\",\"kind\"",
            "post-purchase",
            "grip",
            "A-1001",
            "Ada Byron",
            "ada@mail.example",
            "+44 117 496 0142",
            "靴子很好。",
            "li@mail.example",
            "Ridgeway trail boots",
            "The left sole came off on the second walk.",
            "I walked home in wet socks.",
            "New boots before Saturday.",
            "replacement",
            "The new pair is one size too small.",
            "wash boots",
            "care-boots",
            "https://shop.example/boots",
        ] {
            let replacement = if harmless.starts_with('"') {
                format!("\"{hostile}\",\"kind\"")
            } else {
                hostile.to_owned()
            };
            body = body.replace(harmless, &replacement);
        }
        let answer = receiver.post(body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    }
    for path in [
        "/register",
        "/register/ratings",
        "/register/feedback",
        "/register/searches",
        "/register/complaints/AE-9NF6-YW43",
        "/register/quarantine",
    ] {
        let page = team.see(path).await;
        assert!(page.contains("&lt;script&gt;"), "{path} shows none of it");
        assert!(!page.contains("<script"), "{path}");
        assert!(!page.contains("\\\"'"), "{path}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let form = format!("csrf={}", team.csrf().await);
    let answer = post(&receiver, "/register/logout", &team.cookie, "http://care.example", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let request = Request::get("/register").header("cookie", &team.cookie).body(Body::empty()).unwrap();
    assert_eq!(receiver.ask(request).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_looks_like_spam_is_received_and_waits_apart() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let spam = complaint(1).replace("My parcel is late.", "[url=http://x.example]Cheap boots[/url]");
    let answer = receiver.post(spam.clone()).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(answer.json()["reply_by"].is_string(), "it is answered as any other");
    receiver.post(complaint(2)).await;
    let page = team.see("/register").await;
    assert!(page.contains("AE-0000-0002") && !page.contains("AE-0000-0001"));
    let apart = team.see("/register/quarantine").await;
    assert!(apart.contains("Cheap boots") && apart.contains("Links as forums write them"), "{apart}");
    let action = apart.split("action=\"/register/quarantine/").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/register/quarantine/{action}");
    let form = format!("csrf={}", team.csrf().await);
    let released = post(&receiver, &path, &team.cookie, "http://care.example", form).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER);
    assert!(team.see("/register").await.contains("AE-0000-0001"));
    assert_eq!(receiver.post(spam).await.status, StatusCode::OK);
    let forged = post(&receiver, &path, &team.cookie, "http://evil.example", "csrf=x".to_owned()).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

/// Long enough to be compared with others.
fn told(number: u32) -> String {
    complaint(number).replace("My parcel is late.", "The left sole came off on the second walk.")
}

#[tokio::test]
async fn coming_again_after_an_outage_is_no_spam() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    receiver.place.run("ALTER TABLE submissions RENAME TO away").unwrap();
    for _ in 0..6 {
        assert_eq!(receiver.post(told(1)).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    receiver.place.run("ALTER TABLE away RENAME TO submissions").unwrap();
    assert_eq!(receiver.post(told(1)).await.status, StatusCode::CREATED);
    for _ in 0..6 {
        assert_eq!(receiver.post(told(1)).await.status, StatusCode::OK);
    }
    assert_eq!(receiver.post(told(2)).await.status, StatusCode::CREATED);
    let page = team.see("/register").await;
    assert!(page.contains("AE-0000-0001") && page.contains("AE-0000-0002"), "{page}");
    assert!(!page.contains("like spam"));
}

#[tokio::test]
async fn no_complaint_is_hidden_without_a_word() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    for number in 1..=6 {
        assert_eq!(receiver.post(told(number)).await.status, StatusCode::CREATED);
    }
    let page = team.see("/register").await;
    assert!(page.contains("AE-0000-0004") && !page.contains("AE-0000-0005"), "{page}");
    assert!(page.contains("2 complaints look like spam"), "{page}");
    receiver.place.run("UPDATE complaints SET state = 'closed' WHERE reference <> 'AE-0000-0006'").unwrap();
    let page = team.see("/register").await;
    assert!(page.contains("1 complaint looks like spam"), "{page}");
    assert!(!page.contains("Every complaint has its answer."), "{page}");
}

#[tokio::test]
async fn what_is_opened_again_gets_a_new_promise() {
    static NOW_MS: AtomicI64 = AtomicI64::new(0);
    let is_now = |at: Timestamp| NOW_MS.store(at.0, Ordering::Relaxed);
    is_now(at_now());
    let receiver = with(Options::default(), || Timestamp(NOW_MS.load(Ordering::Relaxed)));
    let receipt = receiver.post(golden("complaint")).await.json();
    let status =
        receipt["status_url"].as_str().unwrap().strip_prefix("http://care.example").unwrap().to_owned();
    let team = sign_in(&receiver).await;
    team.advance("AE-9NF6-YW43", "state=closed&note=").await;
    // Two weeks later, on a Saturday.
    let later = Timestamp::parse_rfc3339("2026-12-05T10:00:00Z").unwrap();
    is_now(later);
    let team = sign_in(&receiver).await;
    receiver.post(keyed(&receipt)).await;
    let report = receiver.get(&status).await.json();
    assert_eq!(report["state"], "received");
    assert_eq!(report["reply_by"], "2026-12-08T17:00:00.000Z");
    let last = report["updates"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["state"], &last["at"]), (&"received".into(), &later.to_rfc3339().into()));
    let page = team.see("/register").await;
    assert!(page.contains("Tue 8 Dec 2026, 17:00") && !page.contains(" late<"), "{page}");
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert_eq!(page.matches("The complaint arrived").count(), 1, "{page}");
    assert!(page.contains("Opened again"), "{page}");
    // A follow-up that only tells more moves no promise.
    is_now(later.plus_minutes(60 * 24 * 7));
    let more = keyed(&receipt).replace("6f7084", "6f7094");
    assert_eq!(receiver.post(more).await.status, StatusCode::CREATED);
    assert_eq!(receiver.get(&status).await.json()["reply_by"], "2026-12-08T17:00:00.000Z");
    assert_eq!(receiver.store.broken_event().await.unwrap(), None);
}

#[tokio::test]
async fn a_proxy_may_change_the_host() {
    for (public_url, origin, expected) in [
        (Some("https://care.example/"), "https://care.example", StatusCode::SEE_OTHER),
        (Some("https://Care.example:443/ears"), "https://care.example", StatusCode::SEE_OTHER),
        (Some("https://care.example"), "http://care.example", StatusCode::FORBIDDEN),
        (Some("https://care.example"), "https://care.example.evil.example", StatusCode::FORBIDDEN),
        (Some("https://care.example"), "null", StatusCode::FORBIDDEN),
        (None, "https://care.example", StatusCode::FORBIDDEN),
    ] {
        let options = Options { public_url: public_url.map(str::to_owned), ..Options::default() };
        let receiver = with(options, at_now);
        let token = receiver::new_token(&receiver.store).await.unwrap();
        let asked = |path: &str, kind: &str, body: String| {
            let request = Request::post(path).header("host", "10.0.0.7:8080").header("origin", origin);
            request.header("content-type", kind).body(Body::from(body)).unwrap()
        };
        let form = asked("/register/login", "application/x-www-form-urlencoded", format!("token={token}"));
        assert_eq!(receiver.ask(form).await.status, expected, "{public_url:?} {origin}");
        let sent = receiver.ask(asked("/v1/submissions", "application/json", complaint(1))).await;
        assert_eq!(sent.status == StatusCode::CREATED, expected == StatusCode::SEE_OTHER, "{origin}");
    }
}

#[tokio::test]
async fn what_waits_apart_replaces_nothing() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    let tap = golden("rating")
        .replace("7c00-7a10-8b20-3c4d5e6f7081", "7bff-7a10-8b20-3c4d5e6f7080")
        .replace("\"supersedes\":\"0199f0a1-7bff-7a10-8b20-3c4d5e6f7080\",", "")
        .replace("\"value\":4", "\"value\":1");
    receiver.post(tap).await;
    let completed =
        golden("rating").replace("Warm from the first minute.", "[url=http://x.example]Cheap[/url]");
    assert_eq!(receiver.post(completed).await.status, StatusCode::CREATED);
    let page = team.see("/register/ratings").await;
    assert!(page.contains("1.0 <span class=\"quiet\">of 5, 1 answer<"), "{page}");
    assert_eq!(receiver.store.counts().await.unwrap().ratings, 1);
    receiver.place.run("UPDATE quarantine SET released_ms = 1").unwrap();
    let page = team.see("/register/ratings").await;
    assert!(page.contains("4.0 <span class=\"quiet\">of 5, 1 answer<"), "{page}");
    assert_eq!(receiver.store.counts().await.unwrap().ratings, 1);
}
