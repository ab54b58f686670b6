//! The contracts, frozen: what was written once must be written the same, and read for ever.
#![cfg(feature = "server")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::calendar::Timestamp;
use domain::submission::{AnswerValue, Body, ContactBy, Scalar};
use wire::problem::{Fault, Problem};
use wire::{problem, receipt, status, strict, submission, submission_read, webhook};

macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("golden/v1/", $name, ".json")).trim_end()
    };
}

fn arrived(text: &str) -> submission_read::Arrived {
    let value = strict::parse(text).expect("is JSON");
    submission_read::read(&value).expect("fits the contract")
}

#[track_caller]
fn round_trip(text: &str) {
    let arrived = arrived(text);
    assert_eq!(submission::to_json(&arrived.submission), text);
    assert!(arrived.extra.is_empty(), "{:?}", arrived.extra);
}

/// A text as the widget reads it.
fn widget(text: &str) -> wire::value::Value {
    wire::value::Value::parse(text).expect("is JSON")
}

#[test]
fn every_kind_goes_round() {
    round_trip(golden!("rating"));
    round_trip(golden!("feedback"));
    round_trip(golden!("complaint"));
    round_trip(golden!("complaint-files"));
    round_trip(golden!("follow_up"));
    round_trip(golden!("follow_up-secret"));
    round_trip(golden!("signal"));
}

#[test]
fn a_complaint_is_read_whole() {
    let submission = arrived(golden!("complaint")).submission;
    assert_eq!(submission.context[0], ("gift".to_owned(), Scalar::Flag(true)));
    assert_eq!(submission.customer.contact_by, Some(ContactBy::Phone));
    let Body::Complaint(complaint) = submission.body else { panic!("a complaint") };
    assert_eq!(complaint.reference, "AE-9NF6-YW43");
    assert_eq!(complaint.corrections, 1);
    assert!(complaint.urgent && complaint.on_behalf && complaint.recap_confirmed);
    assert_eq!(complaint.since.expect("a day").to_iso(), "2026-11-14");
}

#[test]
fn a_rating_is_read_whole() {
    let submission = arrived(golden!("rating")).submission;
    assert_eq!(submission.context[1], ("total".to_owned(), Scalar::Number(119.99)));
    let Body::Rating(rating) = submission.body else { panic!("a rating") };
    assert_eq!(rating.answers[1].value, AnswerValue::Score(0));
    assert_eq!(rating.answers[2].value, AnswerValue::Many(vec!["fit".to_owned(), "grip".to_owned()]));
}

#[test]
fn the_words_alone_are_enough() {
    let Body::Complaint(complaint) = arrived(golden!("complaint-minimal")).submission.body else {
        panic!("a complaint")
    };
    assert_eq!(complaint.text, "My parcel is late.");
    assert!(complaint.reference.is_empty() && complaint.since.is_none());
}

#[test]
fn the_unknown_is_kept() {
    let text = golden!("complaint-minimal").replace(
        r#""complaint":{"#,
        r#""mood":"low","customer":{"name":"","nickname":"Al"},"complaint":{"colour":[],"#,
    );
    let arrived = arrived(&text);
    let keys: Vec<&str> = arrived.extra.keys().map(String::as_str).collect();
    assert_eq!(keys, ["complaint.colour", "customer.nickname", "mood"]);
}

#[track_caller]
fn refused(from: &str, to: &str, expected: &[&str]) {
    let text = golden!("complaint-files").replace(from, to);
    assert_ne!(text, golden!("complaint-files"), "nothing was changed");
    let value = strict::parse(&text).expect("is JSON");
    let faults = submission_read::read(&value).expect_err("must be refused");
    let told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}: expected {}, found {}", fault.path, fault.expected, fault.found))
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn files_are_bounded() {
    let limits = "at most 5 files, each with an id of its own, of 26214400 bytes in all";
    refused(
        "0199f0a1-7c02",
        "0199f0a1-7c01",
        &[&format!("complaint.attachments: expected {limits}, found \"2 files of 203700 bytes\"")],
    );
    let bytes = |found: &str| {
        format!("complaint.attachments[0].bytes: expected a whole number from 1 to 10485760, found {found}")
    };
    refused(r#""bytes":183220"#, r#""bytes":0"#, &[&bytes("0")]);
    refused(r#""bytes":183220"#, r#""bytes":10485761"#, &[&bytes("10485761")]);
    refused(
        "image/jpeg",
        "image/svg+xml",
        &[
            "complaint.attachments[0].type: expected image/jpeg, image/png, image/webp, image/heic, image/gif, \
           application/pdf, found \"image/svg+xml\"",
        ],
    );
    let file =
        golden!("complaint-files").split_once("attachments\":[").unwrap().1.split("},").next().unwrap();
    let six: Vec<String> =
        (1..=6).map(|number| file.replace("0199f0a1-7c01", &format!("0199f0a1-7d0{number}")) + "}").collect();
    refused(
        &format!("{file}}}"),
        &six.join(","),
        &[&format!("complaint.attachments: expected {limits}, found \"7 files of 1119800 bytes\"")],
    );
}

#[test]
fn faults_are_named() {
    refused(
        r#""kind":"complaint""#,
        r#""kind":"complain""#,
        &[r#"kind: expected rating, feedback, complaint, follow_up, signal, found "complain""#],
    );
    refused(
        "submission/1",
        "submission/2",
        &[r#"schema: expected all-ears/submission/1, found "all-ears/submission/2""#],
    );
    refused(
        r#""since":"2026-11-14""#,
        r#""since":"last week""#,
        &[r#"complaint.since: expected a day such as 2026-11-21, found "last week""#],
    );
    refused(
        r#""name":"Ada Byron""#,
        r#""name":null"#,
        &["customer.name: expected text; left out when unknown, found null"],
    );
    refused(
        r#""text":"The left sole came off on the second walk.","#,
        "",
        &["complaint.text: expected the customer's words, found nothing"],
    );
    refused(
        r#"["replacement","refund"]"#,
        r#"["replacement",7]"#,
        &["complaint.outcomes: expected a list of texts, found a list"],
    );
    refused(
        r#""gift":true"#,
        r#""gift":[1]"#,
        &["context.gift: expected text, a number, true or false, found a list"],
    );
    refused(
        r#""id":"0199f0a1-7c00"#,
        r#""id":"O199f0a1-7c00"#,
        &[r#"id: expected a UUID in lower case, found "O199f0a1-7c00-7a10-8b20-3c4d5e6f7083""#],
    );
    refused(
        r#""urgent":true"#,
        r#""urgent":"yes""#,
        &[r#"complaint.urgent: expected true or false; left out when unknown, found "yes""#],
    );
}

#[test]
fn answers_fit_their_question() {
    for (from, to, expected) in [
        (r#""kind":"stars","value":4"#, r#""kind":"stars","value":6"#, "a whole number from 1 to 5"),
        (r#""kind":"nps","value":0"#, r#""kind":"nps","value":-1"#, "a whole number from 0 to 10"),
        (r#""value":["fit","grip"]"#, r#""value":"fit""#, "a list of texts"),
        (
            r#""kind":"text","value""#,
            r#""kind":"words","value""#,
            "nps, csat, ces, stars, smileys, thumbs, choice, choices, text, contact",
        ),
        (r#""kind":"stars","value":4"#, r#""kind":"stars""#, "the answer"),
    ] {
        let value = strict::parse(&golden!("rating").replace(from, to)).expect("is JSON");
        let faults = submission_read::read(&value).expect_err("must be refused");
        assert_eq!(faults[0].expected, expected);
        assert!(faults[0].path.starts_with("rating.answers["), "{}", faults[0].path);
    }
}

#[test]
fn receipts_go_round_and_never_fail() {
    let value = strict::parse(golden!("receipt")).expect("is JSON");
    assert_eq!(receipt::to_json(&receipt::read(&(&value).into())), golden!("receipt"));
    let value = strict::parse(golden!("receipt-files")).expect("is JSON");
    assert_eq!(receipt::to_json(&receipt::read(&(&value).into())), golden!("receipt-files"));
    let foreign = receipt::read(&widget(golden!("receipt-foreign")));
    assert_eq!(foreign.id, "0199f0a1-7c00-7a10-8b20-3c4d5e6f7083");
    assert!(foreign.reference.is_none() && foreign.owner.is_none() && foreign.reply_by.is_none());
    assert!(receipt::read(&widget("[1]")).id.is_empty());
}

#[test]
fn reports_go_round() {
    let value = strict::parse(golden!("status")).expect("is JSON");
    let report = status::read(&(&value).into()).expect("a report");
    assert_eq!(report.updates.len(), 2);
    assert_eq!(status::to_json(&report), golden!("status"));
    assert!(status::read(&widget("{}")).is_none());
}

#[test]
fn problems_are_frozen() {
    let fault = Fault {
        path: "complaint.since".to_owned(),
        expected: "a day such as 2026-11-21".to_owned(),
        found: "\"last week\"".to_owned(),
    };
    let told = Problem {
        name: "shape",
        title: "The submission does not fit the contract",
        status: 400,
        detail: format!("{}: expected {}, found {}", fault.path, fault.expected, fault.found),
        place: Some((1, 20)),
        errors: vec![fault],
    };
    assert_eq!(problem::to_json(&told), golden!("problem"));
}

#[test]
fn webhooks_are_frozen() {
    let submission = golden!("feedback");
    let thin = webhook::Event {
        id: "0199f0a1-7c00-7a10-8b20-3c4d5e6f7083",
        kind: "complaint",
        site: "https://shop.example",
        received_at: Timestamp::parse_rfc3339("2026-11-21T10:04:06Z"),
        reference: "AE-9NF6-YW43",
        reply_by: "2026-11-24T16:00:00.000Z",
        ..webhook::Event::default()
    };
    assert_eq!(webhook::to_json(&thin), golden!("webhook-thin"));
    let full = webhook::Event {
        kind: "feedback",
        reference: "",
        reply_by: "",
        quarantined: true,
        submission: Some(submission),
        ..thin
    };
    assert_eq!(webhook::to_json(&full), golden!("webhook-full"));
}
