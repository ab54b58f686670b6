//! Surveys, answers, complaints: what is read, and the exact message for each mistake.

use domain::config::Config;
use domain::survey::{QuestionKind, Wording};
use serde_json::{Value, json};

use crate::{bad, good, many, remark, with};

#[test]
fn surveys() {
    let ids = |config: &Config| config.surveys.list.iter().map(|own| own.id.clone()).collect::<Vec<_>>();
    good(json!({"surveys": ["nps", {"id": "post-purchase", "thank_you": "Ta"}]}), |config| {
        config.surveys.list.len() == 2 && config.surveys.list[1].thank_you == "Ta"
    });
    assert_eq!(ids(&with(&json!({"surveys": ["nps"]})).0), ["nps", "post-purchase"]);
    assert_eq!(ids(&with(&json!({"surveys": [{"template": "nps"}]})).0), ["nps", "post-purchase"]);
    let own = json!({"surveys": [{"id": "mine", "review_url": "https://r.example", "questions": [
        {"kind": "choice", "text": "Which?", "options": ["A b", {"id": "c", "label": "C"}]},
        {"id": "why", "kind": "text", "text": "Why?"}]}]});
    good(own, |config| {
        let questions = &config.surveys.list[0].questions;
        questions[0].id == "q1"
            && questions[0].kind == QuestionKind::Choice
            && questions[0].text == Wording::Own("Which?".to_owned())
            && questions[0].options[0].id == "A b"
            && questions[0].options[1].label == "C"
            && questions[1].id == "why"
    });
    let question = |value: Value| json!({"surveys": [{"id": "nps", "questions": [value]}]});
    many(
        question(json!({"kind": "smiley", "text": "?"})),
        &[
            "surveys[0].questions[0].kind: expected \"nps\", \"csat\", \"ces\", \"stars\", \"smileys\", \"thumbs\", \
           \"choice\", \"choices\", \"text\" or \"contact\", found \"smiley\"; left out; did you mean \"smileys\"?",
        ],
    );
    many(question(json!({"kind": "nps"})), &["surveys[0].questions[0].text: missing; left out"]);
    many(
        question(json!({"kind": "choice", "text": "?", "options": ["a", "a"]})),
        &[
            "surveys[0].questions[0].options[1]: comes twice; left out",
            "surveys[0].questions[0].options: fewer than 2; left out",
        ],
    );
    many(
        question(json!({"kind": "text", "text": "?", "options": ["a"]})),
        &["surveys[0].questions[0].options: only for \"choice\" and \"choices\"; left out"],
    );
    bad(json!({"surveys": [{"questions": []}]}), "surveys[0].id: missing; left out");
    bad(json!({"surveys": [{"id": "mine"}]}), "surveys[0]: no usable questions; left out");
    bad(
        json!({"surveys": ["post-purchas"]}),
        "surveys[0]: expected \"post-purchase\", \"nps\", \"service-strategy\" or \"after-complaint\", found \
         \"post-purchas\"; left out; did you mean \"post-purchase\"?",
    );
    bad(json!({"surveys": [7]}), "surveys[0]: expected an object, found 7; left out");
    remark(json!({"surveys": ["nps", "nps"]}), "surveys[1]: comes twice; left out", |config| {
        config.surveys.list.len() == 2
    });
    let trigger = json!({"surveys": [{"id": "nps", "questoins": []}]});
    many(trigger, &["surveys[0].questoins: unknown key; did you mean \"questions\"?"]);
}

#[test]
fn faq() {
    good(json!({"faq": "/faq.json"}), |config| config.faq.urls == [("*".to_owned(), "/faq.json".to_owned())]);
    good(json!({"faq": {"urls": {"en": "/en.json", "zh-Hans": "/zh.json"}}}), |config| {
        config.faq.urls.len() == 2
    });
    let entries = json!([{"id": "a", "question": "Q", "answer": "A", "category": "C", "tags": ["t"], "popular": true},
        {"question": "R", "answer": "B"}]);
    good(json!({"faq": entries}), |config| {
        config.faq.entries[0].popular
            && config.faq.entries[0].tags == ["t"]
            && config.faq.entries[1].id == "entry-2"
    });
    good(json!({"faq": {"entries": [], "url": "/x"}}), |config| config.faq.urls.len() == 1);
    bad(json!({"faq": 5}), "faq: expected an object, found 5; left out");
    bad(json!({"faq": [{"answer": "A"}]}), "faq[0].question: missing; left out");
    bad(
        json!({"faq": [{"question": "Q", "answer": ["A"]}]}),
        "faq[0].answer: expected text of at most 5000 characters, found a list; left out",
    );
    bad(json!({"faq": {"entires": []}}), "faq.entires: unknown key; did you mean \"entries\"?");
    bad(json!({"faq": {"urls": {"e": "/x"}}}), "faq.urls.e: not a language tag; left out");
    bad(
        json!({"faq": "javascript:x"}),
        "faq: expected an https address (http on localhost) or one on this site, such as \"/path\", found \
         \"javascript:x\"; left out",
    );
    remark(
        json!({"faq": [{"id": "a", "question": "Q", "answer": "A"}, {"id": "a", "question": "R", "answer": "A"}]}),
        "faq[1].id: comes twice; one gets another id",
        |config| config.faq.entries[1].id == "entry-2",
    );
}

#[test]
fn complaint() {
    let whole = json!({"complaint": {"promise": {"time_zone": "Europe/London", "hours": {"mon-fri":
        "09:00-12:30, 13:30-17:00", "sat": ["10:00-16:00"], "sun": "closed"}, "holidays": ["2026-12-25"],
        "respond_within_hours": 8}, "outcomes": ["refund", "A call", {"id": "voucher", "label": "A voucher"}],
        "escalation": {"name": "Ombudsman", "url": "https://o.example", "after_days": 56},
        "reference_prefix": "fw", "urgent_phone": "999", "status_url": "/v1/status/{reference}?secret={secret}"}});
    good(whole, |config| {
        let own = &config.complaint;
        own.promise.week[4] == [(540, 750), (810, 1020)]
            && own.promise.week[5] == [(600, 960)]
            && own.promise.week[6].is_empty()
            && own.promise.holidays.len() == 1
            && own.promise.respond_within_minutes == 480
            && own.outcomes[0].label.is_empty()
            && own.outcomes[1].id == "A call"
            && own.outcomes[2].label == "A voucher"
            && own.escalation.as_ref().is_some_and(|own| own.after_days == 56)
            && own.reference_prefix == "FW"
    });
    let one = |key: &str, value: Value| json!({"complaint": {key: value}});
    bad(one("promis", json!({})), "complaint.promis: unknown key; did you mean \"promise\"?");
    bad(
        one("reference_prefix", json!("TOO-LONG")),
        "complaint.reference_prefix: expected 1 to 6 letters or digits such as \"AE\", found \"TOO-LONG\"; using \"AE\"",
    );
    bad(one("status_url", json!("/status")), "complaint.status_url: no {reference} in it; left out");
    bad(
        one("urgent_phone", json!("?")),
        "complaint.urgent_phone: expected a phone number, found \"?\"; left out",
    );
    bad(one("escalation", json!({"url": "/x"})), "complaint.escalation.name: missing; left out");
    remark(
        one("outcomes", json!(["refnd"])),
        "complaint.outcomes[0]: not a shipped outcome, shown as it stands; did you mean \"refund\"?",
        |config| config.complaint.outcomes.len() == 1,
    );
    remark(
        one("outcomes", json!([{}, "refund"])),
        "complaint.outcomes[0].label: missing; left out",
        |config| config.complaint.outcomes.len() == 1,
    );
}

#[test]
fn promise() {
    let one = |key: &str, value: Value| json!({"complaint": {"promise": {key: value}}});
    let path = "complaint.promise";
    let line = |rest: &str| [path, ".", rest].concat();
    bad(
        one("time_zone", json!("London time!")),
        &line(
            "time_zone: expected a time zone such as \"Europe/London\", found \"London time!\"; using \"UTC\"",
        ),
    );
    bad(
        one("respond_within_hours", json!("2 days")),
        &line("respond_within_hours: expected a number from 1 to 400, found \"2 days\"; using 16"),
    );
    bad(
        one("respond_within", json!(2)),
        &line("respond_within: unknown key; did you mean \"respond_within_hours\"?"),
    );
    bad(
        one("holidays", json!(["Christmas"])),
        &line("holidays[0]: expected a day such as \"2026-12-25\", found \"Christmas\"; left out"),
    );
    bad(one("hours", json!("9-5")), &line("hours: expected an object, found \"9-5\"; left out"));
    let hours = "expected hours such as \"09:00-12:30, 13:30-17:00\", or \"closed\", found";
    for (value, shown) in [
        (json!("9-5"), "\"9-5\""),
        (json!("17:00-09:00"), "\"17:00-09:00\""),
        (json!("09:00-12:00, 11:00-13:00"), "\"09:00-12:00, 11:00-13:00\""),
        (json!("09:60-12:00"), "\"09:60-12:00\""),
        (json!("20:00-24:01"), "\"20:00-24:01\""),
        (json!(9), "9"),
    ] {
        let message = line(&["hours.tue: ", hours, " ", shown, "; left out"].concat());
        remark(one("hours", json!({"mon": "09:00-24:00", "tue": value})), &message, |config| {
            config.complaint.promise.week[0] == [(540, 1440)] && config.complaint.promise.week[1].is_empty()
        });
    }
    let expected = line("hours.monday: unknown day; did you mean \"mon\"?");
    remark(one("hours", json!({"monday": "9:00-12:00", "sat": "9:00-12:00"})), &expected, |config| {
        config.complaint.promise.week[0].is_empty()
    });
    bad(one("hours", json!({"mon-sun": "closed"})), &line("hours: no opening hours; using the default ones"));
}
