//! What lies in the browser, frozen: drafts and remembered complaints of version 1 are read for ever.

use domain::calendar::Timestamp;
use domain::complaint::{Draft, Step};
use domain::delivery::DeliveryState;
use domain::feedback;
use domain::kept::Kept;
use domain::status::Known;
use domain::submission::{Answer, AnswerValue, Kind, SubmissionId, Topic};
use domain::survey::{self, QuestionKind};
use wire::{draft, faq_file, stored};

const NOW: Timestamp = Timestamp(1_795_255_445_120);

/// Writes a draft and reads it back.
macro_rules! round_trip {
    ($golden:expr, $draft:expr, $write:path, $read:path) => {
        let golden: String = $golden.trim_end().to_owned();
        assert_eq!($write(&$draft, NOW), golden);
        assert_eq!($read(&golden), Some(($draft, NOW)));
    };
}

fn device(told: &str) -> (Vec<Kept>, Vec<Known>) {
    (stored::all_kept(told), stored::all_known(told))
}

#[test]
fn drafts_go_round() {
    let draft = Draft {
        step: Step::Resolve,
        words: "The sole came off \"again\".\nOn day two.".to_owned(),
        order: "A-1001".to_owned(),
        product: "Trail boots".to_owned(),
        since: "2026-11-14".to_owned(),
        effect: "I walked home barefoot".to_owned(),
        urgent: true,
        on_behalf: true,
        corrections: 2,
        outcomes: vec!["replacement".to_owned(), "call".to_owned()],
        outcome_text: "A word from Maya".to_owned(),
        ..Draft::default()
    };
    let golden = include_str!("golden/v1/draft-complaint.json");
    round_trip!(golden, draft, draft::complaint_to_json, draft::complaint);
    let draft = feedback::Draft {
        topic: Some(Topic::Idea),
        text: "Wider sizes, please 🧡".to_owned(),
        ..feedback::Draft::default()
    };
    let golden = include_str!("golden/v1/draft-feedback.json");
    round_trip!(golden, draft, draft::feedback_to_json, draft::feedback);
    let answer = |question: &str, kind, value| Answer { question: question.to_owned(), kind, value };
    let draft = survey::Draft {
        survey: "post-purchase".to_owned(),
        key: 17,
        answers: vec![
            answer("satisfaction", QuestionKind::Stars, AnswerValue::Score(4)),
            answer("parts", QuestionKind::Choices, AnswerValue::Many(vec!["price".to_owned()])),
            answer("comment", QuestionKind::Text, AnswerValue::Text("Dry \"feet\" 🥾".to_owned())),
        ],
        sent: SubmissionId::parse("019950c0-1111-7aaa-8bbb-0123456789ab"),
        kept: true,
    };
    let golden = include_str!("golden/v1/draft-rating.json");
    round_trip!(golden, draft, draft::rating_to_json, draft::rating);
    let empty = draft::rating_to_json(&survey::Draft::default(), NOW);
    assert_eq!(draft::rating(&empty), Some((survey::Draft::default(), NOW)));
}

#[test]
fn every_step_is_kept() {
    for step in Step::ALL {
        let draft = Draft { step, ..Draft::default() };
        let text = draft::complaint_to_json(&draft, NOW);
        assert_eq!(draft::complaint(&text), Some((draft, NOW)));
    }
}

#[test]
fn what_is_no_draft_is_left_alone() {
    for text in [
        "",
        "null",
        "[]",
        "{",
        r#"{"v":2,"kind":"feedback","saved_at":"2026-11-21T10:04:05.120Z","text":"x"}"#,
        r#"{"v":1,"kind":"feedback","text":"x"}"#,
        r#"{"v":1,"kind":"poem","saved_at":"2026-11-21T10:04:05.120Z"}"#,
    ] {
        assert_eq!(draft::feedback(text), None, "{text}");
    }
    let odd = r#"{"v":1,"kind":"complaint","saved_at":"2026-11-21T10:04:05.120Z","step":7,"outcomes":"x","urgent":1}"#;
    assert_eq!(draft::complaint(odd).map(|(draft, _)| draft), Some(Draft::default()));
    assert_eq!((draft::feedback(odd), draft::rating(odd)), (None, None), "it is another one's");
    let odd = r#"{"v":1,"kind":"rating","saved_at":"2026-11-21T10:04:05.120Z","sent":5,"answers":[{"kind":"poem"},{"kind":"stars"},7]}"#;
    assert_eq!(draft::rating(odd).map(|(draft, _)| draft), Some(survey::Draft::default()));
}

#[test]
fn complaints_are_remembered() {
    let (kept, known) = device(include_str!("golden/v1/receipts.json"));
    assert_eq!((kept, known.len()), (Vec::new(), 2));
    assert_eq!(known[0].reference, "FW-7F3K-9Q2M");
    assert_eq!(known[0].received_at, Timestamp::parse_rfc3339("2026-11-21T10:04:06Z"));
    assert_eq!(known[0].reply_by, Timestamp::parse_rfc3339("2026-11-24T16:00:00Z"));
    assert_eq!(known[0].owner.as_deref(), Some("Maya Okafor"));
    assert!(known[0].status_url.as_deref().is_some_and(|url| url.ends_with("secret=abc")));
    assert_eq!((known[1].reference.as_str(), known[1].received_at), ("AE-1111-2222", Some(NOW)));
    for text in ["", "{}", "[1]", r#"[{"kind":"complaint"}]"#] {
        assert_eq!(device(text), (Vec::new(), Vec::new()), "{text}");
    }
    let hostile =
        r#"[{"kind":"complaint","reference":"AE-1","receipt":{"status_url":"javascript:alert(1)"}}]"#;
    assert_eq!(device(hostile).1[0].status_url, None);
}

#[test]
fn what_was_never_received_is_told_apart_from_what_was() {
    let (kept, known) = device(include_str!("golden/v1/device.json"));
    let seen: Vec<(Kind, DeliveryState, &str, &str)> =
        kept.iter().map(|item| (item.kind, item.state, &*item.reference, &*item.words)).collect();
    assert_eq!(
        seen,
        [
            (
                Kind::Complaint,
                DeliveryState::Rejected,
                "AE-7F3K-9Q2M",
                "The sole came off.\n\nWet feet.\n\nA word."
            ),
            (Kind::Feedback, DeliveryState::Expired, "", "Sell \"laces\", too 🧡"),
            (Kind::Rating, DeliveryState::Held, "", "4\n\nTrue to size\n\nprice\n\nquality\n\n9"),
            (Kind::FollowUp, DeliveryState::Stored, "AE-1111-2222", ""),
            (Kind::Signal, DeliveryState::Unsaved, "", "boot size"),
            (Kind::Feedback, DeliveryState::Sending, "", ""),
        ]
    );
    assert_eq!(kept[0].written_at, NOW);
    assert_eq!(kept[0].id, SubmissionId::parse("019950c0-1111-7aaa-8bbb-0123456789ab").expect("an id"));
    let references: Vec<&str> = known.iter().map(|known| &*known.reference).collect();
    assert_eq!(references, ["FW-7F3K-9Q2M"], "a complaint that was given back is not one that was received");
}

#[test]
fn a_file_is_listed_by_its_name_beside_what_names_it() {
    let told = r#"[{"id":"019950c0-1111-7aaa-8bbb-0123456789ab","kind":"attachment","state":"rejected","created_ms":5,"body":"",
        "name":"sole.jpg","after":"019950c0-2222-7aaa-8bbb-0123456789ab"}]"#;
    let (kept, known) = device(told);
    let seen: Vec<_> = kept.iter().map(|one| (one.kind, one.state, &*one.file, &*one.words)).collect();
    assert_eq!(seen, [(Kind::Complaint, DeliveryState::Rejected, "sole.jpg", "")]);
    assert_eq!(known, []);
}

#[test]
fn what_the_sender_says_of_a_later_version_is_left_alone() {
    let entry = |kind: &str, state: &str, id: &str| {
        format!(r#"[{{"id":"{id}","kind":"{kind}","state":"{state}","created_ms":5,"body":"{{"}}]"#)
    };
    let id = "019950c0-1111-7aaa-8bbb-0123456789ab";
    let kept = |kind, state, id| device(&entry(kind, state, id)).0.len();
    assert_eq!(kept("feedback", "stored", id), 1, "words that are no JSON leave the item deletable");
    assert_eq!(
        [kept("poem", "stored", id), kept("feedback", "lent", id), kept("feedback", "stored", "7")],
        [0; 3]
    );
}

#[track_caller]
fn file(text: &str, entries: usize, messages: &[&str]) {
    let (read, issues) = faq_file::read(text);
    let issues: Vec<String> = issues.iter().map(ToString::to_string).collect();
    assert_eq!((read.len(), issues), (entries, messages.iter().map(ToString::to_string).collect()));
}

#[test]
fn files_of_answers() {
    file(
        r#"{"language": "en", "entries": [{"id": "a", "domain": "club", "question": "Q", "answer": "A"}]}"#,
        1,
        &[],
    );
    file(r#"[{"question": "Q", "answer": "A"}]"#, 1, &[]);
    file("[]", 0, &[]);
    file("<!doctype html>", 0, &["not JSON"]);
    file("{}", 0, &["entries: missing; a list of questions and answers"]);
    file(r#"{"entries": {}}"#, 0, &["entries: expected a list, found an object; left out"]);
    file("7", 0, &["expected a list, found 7; left out"]);
    file(
        r#"{"entries": [{"question": "Q"}, {"question": "Q", "answer": "A"}]}"#,
        1,
        &["entries[0].answer: missing; left out"],
    );
}
