//! Whatever is handed in: reading ends quickly, tells at most fifty mistakes, and never fails as a whole.

use std::time::{Duration, Instant};

use domain::config::Config;
use serde_json::{Map, Value, json};
use wire::options::ISSUES_MAX;

use crate::read;

/// Reads in well under a second even without optimisation, and returns the messages.
#[track_caller]
fn survives(value: &Value) -> Vec<String> {
    let start = Instant::now();
    let (_, issues) = read(value);
    assert!(start.elapsed() < Duration::from_secs(2), "took {:?}", start.elapsed());
    assert!(issues.len() <= ISSUES_MAX + 1, "{} issues", issues.len());
    let messages: Vec<String> = issues.iter().map(ToString::to_string).collect();
    for message in &messages {
        assert!(message.chars().count() < 400 && !message.contains(char::is_control), "{message}");
    }
    messages
}

fn keys(count: usize, value: &Value) -> Map<String, Value> {
    (0..count).map(|at| (format!("compny{at:05}"), value.clone())).collect()
}

#[test]
fn a_megabyte_of_unknown_keys() {
    let messages = survives(&Value::Object(keys(100_000, &json!(1))));
    assert_eq!(messages.len(), ISSUES_MAX + 1);
    assert_eq!(messages[0], "compny00000: unknown key");
    assert_eq!(messages[ISSUES_MAX], "and 99951 more");
}

#[test]
fn a_megabyte_of_values() {
    let long = "\u{7}\u{202e}ж".repeat(200_000);
    survives(&json!(long));
    let messages = survives(&json!({ "endpoint": long, "company": { "name": long } }));
    assert!(messages[0].starts_with("company.name: expected text of at most 80 characters, found \""));
    survives(&Value::Object([(long.clone(), json!(1))].into_iter().collect()));
    survives(&json!({ "texts": { "en": { long.clone(): long } } }));
}

#[test]
fn a_megabyte_of_entries() {
    let list: Vec<Value> = (0..200_000).map(|at| json!(at)).collect();
    for key in ["menu", "surveys", "faq", "notices"] {
        survives(&json!({ key: list }));
    }
    survives(&json!({ "complaint": { "outcomes": list, "promise": { "holidays": list } } }));
    survives(
        &json!({ "endpoint": { "headers": keys(50_000, &json!("x")) }, "texts": keys(50_000, &json!({})) }),
    );
    let entries: Vec<Value> =
        (0..5_000).map(|at| json!({ "id": format!("e{at}"), "question": "q", "answer": "a" })).collect();
    let (config, issues) = read(&json!({ "endpoint": "/x", "faq": entries }));
    assert_eq!(config.faq.entries.len(), 2_000);
    assert_eq!(issues[0].to_string(), "faq: expected at most 2000 entries, found 5000; the rest is left out");
}

#[test]
fn every_place_takes_every_type() {
    let wrong =
        [json!(null), json!(true), json!(-1), json!(1e300), json!("\u{0}"), json!([[]]), json!({"a": {}})];
    for value in wrong {
        for key in [
            "company",
            "endpoint",
            "locale",
            "texts",
            "theme",
            "launcher",
            "menu",
            "notices",
            "surveys",
            "faq",
            "complaint",
            "privacy",
            "version",
            "$schema",
        ] {
            survives(&json!({ key: value }));
            survives(&json!({ key: [value] }));
            survives(&json!({ key: { "promise": value, "url": value, "name": value, "entries": value } }));
        }
    }
}

/// A small generator of numbers (xorshift), so that the walk is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

const WORDS: [&str; 24] = [
    "company",
    "endpoint",
    "url",
    "headers",
    "theme",
    "surveys",
    "questions",
    "options",
    "kind",
    "text",
    "id",
    "complaint",
    "promise",
    "hours",
    "mon-fri",
    "holidays",
    "outcomes",
    "faq",
    "entries",
    "urls",
    "notices",
    "start",
    "privacy",
    "texts",
];

fn junk(dice: &mut Dice, depth: usize) -> Value {
    match dice.roll(if depth == 0 { 6 } else { 9 }) {
        0 => json!(null),
        1 => json!(dice.roll(2) == 0),
        2 => json!(dice.roll(1_000)),
        3 => json!(-0.5),
        4 => json!(WORDS[dice.roll(WORDS.len())]),
        5 => json!("09:00-17:00"),
        6 => (0..dice.roll(4)).map(|_| junk(dice, depth - 1)).collect(),
        _ => {
            let entry = |dice: &mut Dice| (WORDS[dice.roll(WORDS.len())].to_owned(), junk(dice, depth - 1));
            Value::Object((0..dice.roll(6)).map(|_| entry(dice)).collect())
        }
    }
}

#[test]
fn random_junk_is_read() {
    for seed in 1..1_000_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let value = junk(&mut dice, 6);
        let (config, _) = read(&value);
        assert!(config.surveys.of("post-purchase").is_some(), "seed {seed}");
        assert!(config.menu.items.contains(&domain::view::View::Complaint), "seed {seed}");
        assert!(config.complaint.promise.week.iter().any(|day| !day.is_empty()), "seed {seed}");
        // What was read from nothing usable is the default.
        let (again, _) = read(&value);
        assert_eq!(config, again, "seed {seed}");
    }
    assert_eq!(read(&json!({})).0, Config::default());
}
