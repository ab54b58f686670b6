//! Attributes of the tag, laid over the config.

use serde_json::{Value, json};
use wire::options::ConfigInput;

fn over(pairs: &[(&str, &str)], base: &Value) -> (wire::value::Value, Vec<String>) {
    let pairs = pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let input = ConfigInput::new(base.into(), pairs, String::new());
    let issues = input.issues();
    assert_eq!(input.read().1, !issues.is_empty());
    let told = issues.iter().filter(|issue| issue.path.starts_with("attribute"));
    (input.whole().clone(), told.map(ToString::to_string).collect())
}

#[track_caller]
fn lays(name: &str, text: &str, expected: Value) {
    assert_eq!(over(&[(name, text)], &Value::Null), ((&expected).into(), Vec::new()));
}

#[track_caller]
fn tells(name: &str, text: &str, message: &str) {
    assert_eq!(over(&[(name, text)], &json!({})), ((&json!({})).into(), vec![message.to_owned()]));
}

#[track_caller]
fn passes(name: &str) {
    assert_eq!(over(&[(name, "x")], &json!({})), ((&json!({})).into(), Vec::new()));
}

#[test]
fn each_attribute_has_its_place() {
    lays("endpoint", "/x", json!({"endpoint": "/x"}));
    lays("company", "Fernway", json!({"company": {"name": "Fernway"}}));
    lays("email", "a@b.c", json!({"company": {"contact": {"email": "a@b.c"}}}));
    lays("phone", "999", json!({"company": {"contact": {"phone": "999"}}}));
    lays("locale", "en", json!({"locale": "en"}));
    lays("accent", "#fff", json!({"theme": {"accent": "#fff"}}));
    lays("scheme", "dark", json!({"theme": {"scheme": "dark"}}));
    lays("label", "Help", json!({"launcher": {"label": "Help"}}));
    lays("faq", "/faq.json", json!({"faq": "/faq.json"}));
}

#[test]
fn an_attribute_wins_over_the_config() {
    let base =
        json!({"company": {"name": "A", "owner": {"name": "B"}}, "endpoint": {"url": "/a"}, "theme": 5});
    let (value, issues) = over(&[("company", "C"), ("endpoint", "/c"), ("accent", "#abc")], &base);
    let expected = json!({"company": {"name": "C", "owner": {"name": "B"}}, "endpoint": "/c", "theme": {"accent": "#abc"}});
    assert_eq!((value, issues), ((&expected).into(), Vec::new()));
    let (value, _) = over(&[("company", "C")], &json!([]));
    assert_eq!(wire::options::read(&value).1[0].to_string(), "expected an object, found a list; left out");
}

#[test]
fn mistakes_are_told() {
    tells("acent", "#fff", "attribute acent: unknown attribute; did you mean \"accent\"?");
    tells("end-point", "/x", "attribute end-point: unknown attribute; did you mean \"endpoint\"?");
    tells("contxt", "{}", "attribute contxt: unknown attribute; did you mean \"context\"?");
    tells(
        "position",
        "left",
        "attribute position: expected \"bottom-right\" or \"bottom-left\", found \"left\"",
    );
    tells(
        "view",
        "complaints",
        "attribute view: expected \"menu\", \"rating\", \"feedback\", \"answers\", \"complaint\" or \"status\", \
         found \"complaints\"; did you mean \"complaint\"?",
    );
    tells(
        "context",
        "order=1",
        "attribute context: expected a JSON object such as {\"order\": \"A-1001\"}, found \"order=1\"",
    );
}

#[test]
fn what_belongs_to_others_passes() {
    for name in [
        "class",
        "id",
        "style",
        "part",
        "slot",
        "hidden",
        "lang",
        "dir",
        "title",
        "data-turbo-permanent",
        "aria-label",
        "role",
        "tabindex",
        "config",
        "survey",
        "delay",
        "inline",
        "src",
        "async",
        "defer",
        "crossorigin",
        "integrity",
        "nonce",
        "x-data",
        "v-cloak",
        "hx-get",
        ":class",
        "@click",
        "_ngcontent-abc",
        "onclick",
        "jsname",
    ] {
        passes(name);
    }
}

#[track_caller]
fn torn(source: &str, message: &str) {
    let input = ConfigInput::of(source.to_owned(), Vec::new(), String::new());
    assert!(input.read().1);
    assert_eq!(
        input.issues()[0].to_string(),
        format!("config: expected JSON, found {message}; all of it is left out")
    );
}

#[test]
fn what_is_no_json_is_told_with_its_line() {
    torn("{\n  \"endpoint\": \"/x\",\n}\n", "} in line 3");
    torn("{\"a\": 1} // why", "/ in line 1");
    torn("{\n'a': 1}", "' in line 2");
    torn("{\"a\": [1, 2", "its end in line 1");
    torn("{\"a\": 1\n\"b\": 2}", "\" in line 2");
    torn("<!doctype html>\n<title>404</title>", "< in line 1");
    torn("{\"名\": \"\\é\"}", "é in line 1");
    torn("\n\n", "its end in line 3");
}

#[test]
fn what_did_not_arrive_is_no_mistake_of_its_writer() {
    let pairs = vec![("endpoint".to_owned(), "/x".to_owned())];
    let (config, mistaken) = ConfigInput::of(String::new(), pairs, String::new()).read();
    assert!(!mistaken && config.endpoint.default.is_some());
}
