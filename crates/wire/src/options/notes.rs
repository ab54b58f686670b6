//! What becomes of the mistakes that the reader meets: issues in words, or only the knowledge that there is one. The
//! widget reads without words, and fetches those who have them where they are needed.

use super::issue::{self, ConfigIssue, ISSUES_MAX};
use super::reader::{LEFT_OUT, Reader};
use crate::json::push_whole;

/// Follows the reader on its way, and notes its mistakes.
pub(crate) trait Notes: Default {
    /// The reader goes down to a key.
    fn down(&mut self, key: &str);

    /// The reader goes down to an entry of a list.
    fn down_item(&mut self, at: usize);

    /// The reader goes back up.
    fn up(&mut self);

    /// Notes a mistake; `tell` makes an issue of the path where it stands.
    fn add(&mut self, tell: impl FnOnce(String) -> ConfigIssue);

    /// Notes what may be a mistake; whether it is one, `tell` finds out.
    fn suspect(&mut self, tell: impl FnOnce(String) -> Option<ConfigIssue>);
}

/// Each mistake in words, with its path, up to the bound.
#[derive(Default)]
pub(crate) struct Issues {
    path: String,
    /// How long the path was at each step down.
    lengths: Vec<usize>,
    told: Vec<ConfigIssue>,
    more: usize,
}

impl Issues {
    /// Everything that was noted.
    pub(crate) fn finish(mut self) -> Vec<ConfigIssue> {
        if self.more > 0 {
            self.told.push(ConfigIssue::more(self.more));
        }
        self.told
    }
}

impl Notes for Issues {
    fn down(&mut self, key: &str) {
        self.lengths.push(self.path.len());
        self.path = issue::below(std::mem::take(&mut self.path), key);
    }

    fn down_item(&mut self, at: usize) {
        self.lengths.push(self.path.len());
        self.path.push('[');
        push_whole(&mut self.path, at as u64);
        self.path.push(']');
    }

    fn up(&mut self) {
        self.path.truncate(self.lengths.pop().unwrap_or_default());
    }

    fn add(&mut self, tell: impl FnOnce(String) -> ConfigIssue) {
        if self.told.len() < ISSUES_MAX {
            self.told.push(tell(self.path.clone()));
        } else {
            self.more += 1;
        }
    }

    fn suspect(&mut self, tell: impl FnOnce(String) -> Option<ConfigIssue>) {
        if let Some(issue) = tell(self.path.clone()) {
            self.add(|_| issue);
        }
    }
}

/// Whether there may be a mistake.
#[derive(Default)]
pub(crate) struct Mistaken(pub(crate) bool);

impl Notes for Mistaken {
    fn down(&mut self, _key: &str) {}

    fn down_item(&mut self, _at: usize) {}

    fn up(&mut self) {}

    fn add(&mut self, _tell: impl FnOnce(String) -> ConfigIssue) {
        self.0 = true;
    }

    fn suspect(&mut self, _tell: impl FnOnce(String) -> Option<ConfigIssue>) {
        self.0 = true;
    }
}

impl<N: Notes> Reader<'_, N> {
    /// Notes a mistake, unless only the outline is asked for.
    pub(crate) fn tell(&mut self, tell: impl FnOnce(String) -> ConfigIssue) {
        if !self.outlining() {
            self.notes.add(tell);
        }
    }

    /// Notes that something else should stand here, unless nothing stands here.
    pub(crate) fn wrong(&mut self, expected: &str, hint: &str) {
        if let Some(value) = self.value() {
            self.tell(|path| ConfigIssue {
                path,
                expected: expected.to_owned(),
                found: issue::describe(value),
                hint: hint.to_owned(),
            });
        }
    }

    /// Notes that a key has to be there.
    pub(crate) fn missing(&mut self, key: &'static str, hint: &str) {
        self.require(key);
        self.note_at(key, "missing", hint);
    }

    /// Notes that a key has to be there, with one of these words.
    pub(crate) fn missing_word(&mut self, key: &'static str, words: &[&str]) {
        self.require(key);
        self.tell(|path| ConfigIssue::remark(issue::below(path, key), "missing", &issue::either(words)));
    }

    /// Has the manual say that a key has to be there.
    fn require(&mut self, key: &'static str) {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.required(key);
        }
        let _ = key;
    }

    /// Notes something about the place where the reader stands.
    pub(crate) fn note(&mut self, found: &str, hint: &str) {
        self.tell(|path| ConfigIssue::remark(path, found, hint));
    }

    /// Notes something about a key under the place where the reader stands.
    pub(crate) fn note_at(&mut self, key: &'static str, found: &str, hint: &str) {
        self.tell(|path| ConfigIssue::remark(issue::below(path, key), found, hint));
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
        self.tell(|path| ConfigIssue::unknown(issue::below(path, key), "unknown key", key, known));
    }
}
