//! A file of answers: `{"entries": […]}` or the bare list. Other tools write such files too, so their own keys pass.

use domain::faq::Entry;

use crate::options::{ConfigIssue, Reader, faq_entries};
use crate::value::Value;

/// Reads a file: the usable entries, and an issue for each mistake.
pub fn read(text: &str) -> (Vec<Entry>, Vec<ConfigIssue>) {
    let mut entries = Vec::new();
    let Some(value) = Value::parse(text) else {
        let found = "not JSON".to_owned();
        return (entries, vec![ConfigIssue { found, ..ConfigIssue::default() }]);
    };
    let mut reader = Reader::new(Some(&value));
    reader.tolerant = true;
    if value.is_object() {
        reader.enter();
        reader.down("entries", "");
        let found = reader.value().is_some();
        faq_entries(&mut reader, &mut entries);
        reader.up();
        if !found {
            reader.missing("entries", "a list of questions and answers");
        }
        reader.leave();
    } else {
        faq_entries(&mut reader, &mut entries);
    }
    (entries, reader.finish())
}
