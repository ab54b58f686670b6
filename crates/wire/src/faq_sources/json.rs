//! A file of answers as it is: every entry under the id that it has, however long and however many. What the widget
//! would cut or pass over is said. For measuring the search; the widget reads by [`crate::faq_file`].

use std::collections::BTreeMap;

use domain::faq::Entry;
use domain::limits::TEXT_CHARS_MAX;
use serde_json::{Map, Value};

use super::Found;
use crate::options::{ENTRIES_MAX, QUESTION_CHARS_MAX};

/// The keys that an entry and a file have.
const OF_ENTRY: [&str; 7] = ["id", "question", "answer", "category", "tags", "popular", "pages"];
const OF_FILE: [&str; 2] = ["language", "entries"];

/// Reads `{"entries": […]}` or the bare list.
pub fn read(text: &str) -> Found {
    let (mut entries, mut notes) = (Vec::new(), Vec::new());
    let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return (entries, vec![format!("not JSON: {error}")]),
    };
    let list = if let Value::Object(file) = &value {
        count(file, &OF_FILE, &mut passed);
        file.get("entries")
    } else {
        Some(&value)
    };
    let Some(Value::Array(list)) = list else {
        return (entries, vec!["entries: expected a list of questions and answers".to_owned()]);
    };
    let mut longer = 0;
    for (at, value) in list.iter().enumerate() {
        let own = entry(value, at);
        if let Value::Object(map) = value {
            count(map, &OF_ENTRY, &mut passed);
        }
        for (name, text) in [("question", &own.question), ("answer", &own.answer)] {
            if text.is_empty() {
                notes.push(format!("entries[{at}].{name}: missing; the widget leaves the entry out"));
            }
        }
        longer += usize::from(
            own.question.chars().count() > QUESTION_CHARS_MAX || own.answer.chars().count() > TEXT_CHARS_MAX,
        );
        if !own.question.is_empty() || !own.answer.is_empty() {
            entries.push(own);
        }
    }
    if list.len() > ENTRIES_MAX {
        notes.push(format!("{} entries; the widget reads the first {ENTRIES_MAX}", list.len()));
    }
    if longer > 0 {
        notes.push(format!(
            "{longer} entries are longer than the widget reads: {QUESTION_CHARS_MAX} characters of a question, \
             {TEXT_CHARS_MAX} of an answer"
        ));
    }
    if !passed.is_empty() {
        let keys: Vec<String> = passed.iter().map(|(key, times)| format!("{key} ({times})")).collect();
        notes.push(format!("keys that the search does not read: {}", keys.join(", ")));
    }
    (entries, notes)
}

fn entry(value: &Value, at: usize) -> Entry {
    let id = text(&value["id"]);
    Entry {
        id: if id.is_empty() { format!("entry-{}", at + 1) } else { id },
        question: text(&value["question"]),
        answer: text(&value["answer"]),
        category: text(&value["category"]),
        tags: value["tags"].as_array().into_iter().flatten().map(text).collect(),
        popular: value["popular"] == true,
        pages: value["pages"].as_array().into_iter().flatten().map(text).collect(),
        lang: String::new(),
    }
}

/// A text; a number as it is written.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

/// Counts the keys of other tools.
fn count<'a>(map: &'a Map<String, Value>, known: &[&str], passed: &mut BTreeMap<&'a str, usize>) {
    for key in map.keys().filter(|key| !known.contains(&key.as_str())) {
        *passed.entry(key).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        read(text).0.into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn ids_stay_as_they_are() {
        let long = "x".repeat(200);
        let file = format!(
            r#"[{{"id": 7, "question": "a", "answer": "b"}}, {{"id": "{long}", "question": "a", "answer": "b"}},
                {{"id": 7, "question": "a", "answer": "b"}}, {{"question": "a", "answer": "b"}},
                {{"id": 1.50, "question": "a", "answer": "b"}}]"#
        );
        assert_eq!(ids(&file), ["7", &long, "7", "entry-4", "1.5"]);
    }

    #[test]
    fn nothing_is_left_out_that_can_be_searched() {
        let question = "why ".repeat(200);
        let answer = "so ".repeat(4_000);
        let entry = format!(r#"{{"id": "a", "question": "{question}", "answer": "{answer}"}}"#);
        let (entries, notes) = read(&format!("[{entry}, {{\"id\": \"b\", \"question\": \"x\"}}, {{}}, 5]"));
        assert_eq!((entries.len(), entries[0].answer.len()), (2, answer.len()));
        assert_eq!(notes.len(), 6, "{notes:?}");
        let many = vec![r#"{"id": "a", "question": "q", "answer": "b"}"#; 20_500].join(",");
        assert_eq!(read(&format!(r#"{{"entries": [{many}]}}"#)).0.len(), 20_500);
    }

    #[test]
    fn other_keys_are_counted() {
        let (_, notes) = read(
            r#"{"version": 3, "entries": [{"id": "a", "question": "q", "answer": "b", "zzz": 1},
                {"id": "b", "question": "q", "answer": "b", "zzz": 1, "popular": true}]}"#,
        );
        assert_eq!(notes, ["keys that the search does not read: version (1), zzz (2)"]);
    }

    #[test]
    fn what_is_no_list_is_named() {
        for text in ["", "5", "{}", "{\"entries\": 5}"] {
            let (entries, notes) = read(text);
            assert!(entries.is_empty() && notes.len() == 1, "{text}: {notes:?}");
        }
    }
}
