//! A file of answers: `{"entries": […]}` or the bare list. Other tools write such files too, so their own keys pass.

use domain::faq::Entry;

use crate::options::{ConfigIssue, Issues, Mistaken, Notes, Reader, faq_entries};
use crate::value::Value;

/// Reads a file: the usable entries, and an issue for each mistake.
pub fn read(text: &str) -> (Vec<Entry>, Vec<ConfigIssue>) {
    let (entries, issues) = read_noting::<Issues>(text);
    (entries, issues.finish())
}

/// The usable entries of a file, for those who tell nobody about mistakes.
pub fn entries(text: &str) -> Vec<Entry> {
    read_noting::<Mistaken>(text).0
}

fn read_noting<N: Notes>(text: &str) -> (Vec<Entry>, N) {
    let mut entries = Vec::new();
    let value = Value::parse(text);
    let mut reader = Reader::new(value.as_ref());
    reader.tolerant = true;
    match &value {
        None => reader.note("not JSON", ""),
        Some(Value::Object(_)) => {
            reader.enter();
            reader.down("entries", "");
            let found = reader.value().is_some();
            faq_entries(&mut reader, &mut entries);
            reader.up();
            if !found {
                reader.missing("entries", "a list of questions and answers");
            }
            reader.leave();
        }
        Some(_) => faq_entries(&mut reader, &mut entries),
    }
    (entries, reader.notes)
}
