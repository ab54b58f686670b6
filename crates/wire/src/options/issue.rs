//! What is wrong with a config, said precisely. For web teams, in the console: English, short, built from parts.

use std::fmt;

use crate::json::push_whole;
use crate::value::Value;

/// Issues that are told one by one. The rest is only counted.
pub const ISSUES_MAX: usize = 50;
/// Characters of a foreign text that a message repeats.
const SHOWN_CHARS_MAX: usize = 40;

/// One mistake, where it stands and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigIssue {
    /// Where, such as `surveys[0].questions[1].kind`; empty for the whole.
    pub path: String,
    /// What would be right; empty when `found` says everything.
    pub expected: String,
    /// What stands there.
    pub found: String,
    /// What to do, or what is used instead; empty when that is clear.
    pub hint: String,
}

impl ConfigIssue {
    /// The whole message in one line.
    pub fn message(&self) -> String {
        let mut out = String::new();
        if !self.path.is_empty() {
            out.push_str(&self.path);
            out.push_str(": ");
        }
        if !self.expected.is_empty() {
            out.push_str("expected ");
            out.push_str(&self.expected);
            out.push_str(", found ");
        }
        out.push_str(&self.found);
        if !self.hint.is_empty() {
            out.push_str("; ");
            out.push_str(&self.hint);
        }
        out
    }

    /// Something about a place.
    pub(crate) fn remark(path: String, found: &str, hint: &str) -> Self {
        Self { path, expected: String::new(), found: found.to_owned(), hint: hint.to_owned() }
    }

    /// More than are read, and what there are too many of.
    pub(crate) fn too_many(path: String, count: usize, most: usize, what: &str) -> Self {
        let mut expected = "at most ".to_owned();
        push_whole(&mut expected, most as u64);
        expected.push(' ');
        expected.push_str(what);
        let mut found = String::new();
        push_whole(&mut found, count as u64);
        Self { path, expected, found, hint: "the rest is left out".to_owned() }
    }

    /// The last issue of many.
    pub(crate) fn more(count: usize) -> Self {
        let mut found = "and ".to_owned();
        push_whole(&mut found, count as u64);
        found.push_str(" more");
        Self { found, ..Self::default() }
    }

    /// A name that does not exist, with the nearest one that does.
    pub(crate) fn unknown(path: String, what: &str, name: &str, known: &[&str]) -> Self {
        Self { path, found: what.to_owned(), hint: did_you_mean(name, known), ..Self::default() }
    }
}

impl fmt::Display for ConfigIssue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

/// `did you mean "promise"?`, or nothing when no known name is near: few letters apart, or one begins with the other.
pub(crate) fn did_you_mean(name: &str, known: &[&str]) -> String {
    let mut hint = String::new();
    // A name is short: what is longer is none, and comparing it would take its time.
    if name.len() > SHOWN_CHARS_MAX {
        return hint;
    }
    let begins =
        |own: &&&str| name.len() > 3 && own.len() > 3 && (own.starts_with(name) || name.starts_with(**own));
    let near = domain::spelling::nearest(name, known).or_else(|| known.iter().find(begins).copied());
    if let Some(near) = near {
        hint.push_str("did you mean \"");
        hint.push_str(near);
        hint.push_str("\"?");
    }
    hint
}

/// What a value is, in a few words.
pub(crate) fn describe(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Null => out.push_str("nothing"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) if number.abs() < 9e15 && *number as i64 as f64 == *number => {
            if *number < 0.0 {
                out.push('-');
            }
            push_whole(&mut out, (*number as i64).unsigned_abs());
        }
        Value::Number(_) => out.push_str("a number that is not whole"),
        Value::String(text) => push_shown(&mut out, text),
        Value::Array(_) => out.push_str("a list"),
        Value::Object(_) => out.push_str("an object"),
    }
    out
}

/// Appends a foreign text in quotes, shortened, with nothing in it that could confuse a console.
pub(crate) fn push_shown(out: &mut String, text: &str) {
    out.push('"');
    push_plain(out, text);
    out.push('"');
}

/// The path of a key below another path.
pub(crate) fn below(mut path: String, key: &str) -> String {
    if !path.is_empty() {
        path.push('.');
    }
    push_plain(&mut path, key);
    path
}

/// Appends a foreign text, shortened, with nothing in it that could confuse a console.
pub(crate) fn push_plain(out: &mut String, text: &str) {
    for (at, character) in text.chars().enumerate() {
        if at == SHOWN_CHARS_MAX {
            out.push('…');
            break;
        }
        out.push(if character.is_control() { ' ' } else { character });
    }
}

/// `"auto", "light" or "dark"`.
pub(crate) fn either(words: &[&str]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push_str(if at + 1 == words.len() { " or " } else { ", " });
        }
        out.push('"');
        out.push_str(word);
        out.push('"');
    }
    out
}
