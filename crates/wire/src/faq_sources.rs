//! Where answers come from and go to besides the file that the widget reads: Markdown, CSV, and schema.org's `FAQPage`.
//! Only the command line carries this.

mod csv;
mod html;
mod json;
mod json_ld;
mod markdown;

use domain::faq::Entry;
use serde_json::{Map, Value, json};

pub use csv::read as read_csv;
pub use json::read as read_json;
pub use json_ld::{from_html, from_json as from_json_ld, write as to_json_ld};
pub use markdown::read as read_markdown;

/// Longer ids are cut.
const ID_CHARS_MAX: usize = 48;

/// What was read, and a note in plain words for each part that was not.
pub type Found = (Vec<Entry>, Vec<String>);

/// Gives each entry that lacks one an id made of its question, and makes every id the only one of its name.
/// The same entries always get the same ids, so links to answers last.
pub fn name(entries: &mut [Entry]) {
    for at in 0..entries.len() {
        let wanted = match entries[at].id.as_str() {
            "" => slug(&entries[at].question),
            id => id.to_owned(),
        };
        let mut id = wanted.clone();
        let mut number = 1;
        while entries[..at].iter().any(|other| other.id == id) {
            number += 1;
            id = format!("{wanted}-{number}");
        }
        entries[at].id = id;
    }
}

/// The file that the widget reads.
pub fn write(entries: &[Entry], language: &str) -> String {
    let mut file = Map::new();
    if !language.is_empty() {
        file.insert("language".to_owned(), json!(language));
    }
    file.insert("entries".to_owned(), entries.iter().map(entry).collect());
    format!("{:#}\n", Value::Object(file))
}

/// An entry with what it has: absent means absent.
fn entry(entry: &Entry) -> Value {
    let mut out = Map::new();
    for (key, text) in [
        ("id", &entry.id),
        ("question", &entry.question),
        ("answer", &entry.answer),
        ("category", &entry.category),
    ] {
        if !text.is_empty() {
            out.insert(key.to_owned(), json!(text));
        }
    }
    if !entry.tags.is_empty() {
        out.insert("tags".to_owned(), json!(entry.tags));
    }
    if entry.popular {
        out.insert("popular".to_owned(), json!(true));
    }
    if !entry.pages.is_empty() {
        out.insert("pages".to_owned(), json!(entry.pages));
    }
    Value::Object(out)
}

/// A question as an id: its letters and digits, small, with dashes between words.
fn slug(question: &str) -> String {
    let mut out = String::new();
    for c in question.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && !matches!(c, '\'' | '’') {
            out.push('-');
        }
    }
    let mut out: String = out.chars().take(ID_CHARS_MAX).collect();
    while out.ends_with('-') {
        out.pop();
    }
    if out.is_empty() { "answer".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: &str, expected: &str) {
        assert_eq!(slug(question), expected);
    }

    #[test]
    fn questions_become_ids() {
        check("How do I return something?", "how-do-i-return-something");
        check("Where's my parcel?", "wheres-my-parcel");
        check("  Wi-Fi — café ", "wi-fi-café");
        check("怎样退货？", "怎样退货");
        check("?!", "answer");
        assert_eq!(slug(&"long ".repeat(30)).chars().count(), 48);
    }

    #[test]
    fn ids_are_the_only_ones_of_their_name() {
        let question =
            |id: &str, question: &str| Entry { id: id.into(), question: question.into(), ..Entry::default() };
        let mut entries = [question("", "A?"), question("", "a"), question("a-2", "x"), question("", "")];
        name(&mut entries);
        let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["a", "a-2", "a-2-2", "answer"]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let entries = vec![
            Entry {
                id: "a".into(),
                question: "Why \"so\"?".into(),
                answer: "Because.\n\n- one\n- two".into(),
                category: "All".into(),
                tags: vec!["reason".into(), "原因".into()],
                popular: true,
                pages: vec!["/orders".into()],
                ..Entry::default()
            },
            Entry { id: "b".into(), question: "Q".into(), answer: "A".into(), ..Entry::default() },
        ];
        let (read, issues) = crate::faq_file::read(&write(&entries, "en"));
        assert_eq!((read, issues.len()), (entries, 0));
    }
}
