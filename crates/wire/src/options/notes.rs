//! What the reader notes: each issue with the path where it stands, up to the bound.

use super::issue::{self, ConfigIssue, ISSUES_MAX};
use super::reader::{LEFT_OUT, Reader};

impl Reader<'_> {
    /// Notes that something else should stand here, unless nothing stands here.
    pub(crate) fn wrong(&mut self, expected: &str, hint: &str) {
        if let Some(value) = self.value()
            && self.room()
        {
            self.push(expected.to_owned(), issue::describe(value), hint.to_owned());
        }
    }

    /// Notes that a key has to be there.
    pub(crate) fn missing(&mut self, key: &'static str, hint: &str) {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.required(key);
            return;
        }
        self.note_at(key, "missing", hint);
    }

    /// Notes something about the place where the reader stands.
    pub(crate) fn note(&mut self, found: &str, hint: &str) {
        if !self.outlining() && self.room() {
            self.push(String::new(), found.to_owned(), hint.to_owned());
        }
    }

    /// Notes something about a key under the place where the reader stands.
    pub(crate) fn note_at(&mut self, key: &'static str, found: &str, hint: &str) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        self.note(found, hint);
        self.path.truncate(length);
    }

    /// Notes that what stands here has the id of something before it. Says so.
    pub(crate) fn twice(&mut self, twice: bool) -> bool {
        if twice {
            self.note("comes twice", LEFT_OUT);
        }
        twice
    }

    /// Notes a key that nobody knows.
    pub(crate) fn unknown(&mut self, key: &str, known: &[&str]) {
        if !self.outlining() && self.room() {
            let mut path = self.path.clone();
            if !path.is_empty() {
                path.push('.');
            }
            issue::push_plain(&mut path, key);
            self.issues.push(ConfigIssue::unknown(path, "unknown key", key, known));
        }
    }

    /// Whether one more issue is told; counts it when not.
    pub(super) fn room(&mut self) -> bool {
        let room = self.issues.len() < ISSUES_MAX;
        if !room {
            self.more += 1;
        }
        room
    }

    pub(super) fn push(&mut self, expected: String, found: String, hint: String) {
        self.issues.push(ConfigIssue { path: self.path.clone(), expected, found, hint });
    }
}
