//! Calls and events of the host page.
#![cfg(feature = "server")]

use domain::session::{Action, HostEvent};
use domain::submission::{Context, Customer, Kind, Scalar, SubmissionId};
use domain::view::View;
use serde_json::{Value, json};
use wire::host_call::{HostCall, from_attributes, mistakes, prefill, read};
use wire::host_event;

fn args(value: &Value) -> Vec<wire::value::Value> {
    value.as_array().into_iter().flatten().map(Into::into).collect()
}

#[track_caller]
fn acts(name: &str, value: Value, expected: &str) {
    let given = args(&value);
    let call = read(name, &given);
    assert!(
        matches!(&call, Some(HostCall::Act(action)) if format!("{action:?}") == expected),
        "{call:?}, not {expected}"
    );
}

#[track_caller]
fn told(name: &str, value: Value, message: &str) {
    let given = args(&value);
    assert!(read(name, &given).is_none(), "{name}");
    assert_eq!(mistakes(name, &given), message);
}

#[test]
fn calls_become_facts() {
    acts("open", json!([]), "Opened(None)");
    acts("open", json!([null]), "Opened(None)");
    acts("open", json!(["complaint"]), "Opened(Some(Complaint))");
    acts("open", json!(["answer", "returns"]), "Answers(Asked(\"returns\"))");
    acts("open", json!(["answer"]), "Answers(Asked(\"\"))");
    acts("close", json!([]), "Closed");
    acts("closed", json!([]), "Closed");
    acts("ask", json!(["nps"]), "SurveyAsked(Some(\"nps\"), [])");
    acts("ask", json!([]), "SurveyAsked(None, [])");
    acts("ask", json!(["nps", null, false]), "SurveyAsked(Some(\"nps\"), [])");
    acts("ask", json!(["nps", null, true]), "SurveyPressed(Some(\"nps\"), [])");
    acts("ask", json!([null, {"order": "A-1"}, true]), "SurveyPressed(None, [(\"order\", Text(\"A-1\"))])");
    acts(
        "ask",
        json!(["nps", {"order": "A-1", "gift": true, "items": 2, "note": null}]),
        "SurveyAsked(Some(\"nps\"), [(\"gift\", Flag(true)), (\"items\", Number(2.0)), (\"order\", Text(\"A-1\"))])",
    );
    acts("context", json!([{"order": "A-1"}]), "ContextGiven([(\"order\", Text(\"A-1\"))])");
    acts("forget", json!([]), "ForgetAsked");
    let own = Customer { name: "Ann".to_owned(), email: "a@b.c".to_owned(), ..Customer::default() };
    let expected = format!("{:?}", Action::Identified(own));
    acts("identify", json!([{"name": "Ann", "email": "a@b.c"}]), &expected);
    acts("identify", json!([]), &format!("{:?}", Action::Identified(Customer::default())));
}

#[test]
fn other_calls_are_understood() {
    let given = args(&json!(["zh-Hans", "a\nb"]));
    let call = read("locale", &given);
    assert!(matches!(call, Some(HostCall::Locale(tag, texts)) if tag == "zh-Hans" && texts == "a\nb"));
    assert!(matches!(read("update", &args(&json!([{"endpoint": "/x"}]))), Some(HostCall::Config)));
    for (name, value) in
        [("theme", json!([{"scheme": "dark"}])), ("consent", json!([true])), ("track", json!(["cart", {}]))]
    {
        assert!(matches!(read(name, &args(&value)), Some(HostCall::Nothing)));
    }
}

#[test]
fn wrong_calls_are_told() {
    told("opne", json!([]), "unknown call opne; did you mean \"open\"?");
    told("shout", json!([]), "unknown call shout");
    told(
        "open",
        json!(["complaints"]),
        "open: expected \"menu\", \"rating\", \"feedback\", \"answers\", \"complaint\" or \"status\", found \
         \"complaints\"; left out; did you mean \"complaint\"?",
    );
    told("identify", json!([{"emial": "a@b.c"}]), "identify.emial: unknown key; did you mean \"email\"?");
    told("identify", json!(["Ann"]), "identify: expected an object, found \"Ann\"; left out");
    told(
        "context",
        json!(["A-1"]),
        "context: expected an object such as {\"order\": \"A-1001\"}, found \"A-1\"",
    );
    told(
        "context",
        json!([{"order": {"id": 1}}]),
        "context.order: expected text, a number, true or false, found an object",
    );
    told("ask", json!([7]), "ask: expected text of at most 64 characters, found 7; left out");
    told("ask", json!(["nps", 7]), "ask: expected an object such as {\"order\": \"A-1001\"}, found 7");
    told("theme", json!([{"scheem": "dark"}]), "theme.scheem: unknown key; did you mean \"scheme\"?");
    told("consent", json!(["yes"]), "consent: expected true or false, found \"yes\"; using false");
}

#[test]
fn context_is_bounded() {
    let many: serde_json::Map<String, Value> =
        (0..1_000).map(|at| (format!("key{at:04}"), json!("x".repeat(1_000)))).collect();
    let Some(HostCall::Act(action)) = read("context", &[(&Value::Object(many)).into()]) else {
        panic!("a fact")
    };
    let Action::ContextGiven(context) = *action else { panic!("context") };
    assert_eq!(context.len(), 32);
    assert!(context.iter().all(|(_, value)| matches!(value, Scalar::Text(text) if text.len() == 200)));
}

#[test]
fn an_opening_may_bring_words_along() {
    let show = |value: Value| format!("{:?}", prefill(&args(&value)));
    assert_eq!(show(json!(["complaint"])), "[]");
    let filled = prefill(&args(&json!(["complaint", {"text": "It leaks", "order": "A-1", "name": "Ann"}])));
    assert!(matches!(&filled[0], Action::Identified(own) if own.name == "Ann"));
    let Action::Prefilled(text, order, product) = &filled[1] else { panic!("what is filled in") };
    assert_eq!((text.as_str(), order.as_str(), product.as_str()), ("It leaks", "A-1", ""));
}

#[test]
fn attributes_speak_of_this_moment() {
    let show = |pairs: &[(&str, &str)]| {
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        format!("{:?}", from_attributes(&pairs))
    };
    let context = Action::ContextGiven(vec![("order".to_owned(), Scalar::Text("A-1".to_owned()))]);
    assert_eq!(show(&[("context", "{\"order\": \"A-1\"}")]), format!("{:?}", [context]));
    assert_eq!(show(&[("context", "oops"), ("survey", "nps"), ("view", "answers")]), "[]");
    let asked = Action::SurveyAsked(Some("nps".to_owned()), Context::new());
    assert_eq!(show(&[("inline", ""), ("survey", "nps")]), format!("{:?}", [asked]));
    assert_eq!(
        show(&[("inline", ""), ("view", "answers")]),
        format!("{:?}", [Action::ViewPlaced(View::Answers)])
    );
    assert_eq!(show(&[("inline", "")]), "[]");
}

#[test]
fn events_have_names_and_no_words_of_customers() {
    let id = SubmissionId::parse("019950c0-1111-7aaa-8bbb-0123456789ab").expect("an id");
    let submission = vec![("kind", "complaint".to_owned()), ("id", id.as_str().to_owned())];
    for (event, name) in [
        (HostEvent::Submit(Kind::Complaint, id.clone()), "submit"),
        (HostEvent::Stored(Kind::Complaint, id.clone()), "stored"),
        (HostEvent::Delivered(Kind::Complaint, id.clone()), "delivered"),
        (HostEvent::Refused(Kind::Complaint, id.clone()), "refused"),
    ] {
        assert_eq!(host_event::parts(&event), (name, submission.clone()));
    }
    assert_eq!(
        host_event::parts(&HostEvent::View(View::Status)),
        ("view", vec![("view", "status".to_owned())])
    );
    let answer = host_event::parts(&HostEvent::Answer("nps".to_owned(), "reason".to_owned()));
    assert_eq!(answer, ("answer", vec![("survey", "nps".to_owned()), ("question", "reason".to_owned())]));
}
